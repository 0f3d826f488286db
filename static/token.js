// The token that proves that a form is ours. It is a new one after signing in again in another window,
// so it is read from its cookie whenever something is sent.
export function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

export function renewToken(form) {
  const field = form.elements.csrfmiddlewaretoken;
  field.value = token() || field.value;
}
