// Every page works without this: it adds what GOV.UK Frontend's own components add, and a warning.
import { initAll } from "./govuk-frontend/govuk-frontend.min.js";
import { warnBeforeTheEnd } from "./session.js";

initAll();
document.querySelectorAll("[data-session]").forEach(warnBeforeTheEnd);
