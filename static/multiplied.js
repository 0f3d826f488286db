// Shows what the factors of a row come to while somebody types them; a saved page says so too.
const NUMBER = /^\s*\d{1,6}\s*$/;

export function multiplied(output) {
  const factors = [...output.htmlFor].map((id) => document.getElementById(id));

  function work() {
    const isWhole = factors.every((factor) => NUMBER.test(factor.value));
    output.textContent = isWhole ? factors.reduce((product, factor) => product * Number(factor.value), 1) : "\u2013";
  }

  factors.forEach((factor) => factor.addEventListener("input", work));
}
