// Every page works without this: it adds what GOV.UK Frontend's own components add.
import { initAll } from "./govuk-frontend/govuk-frontend.min.js";

initAll();
