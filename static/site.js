// Every page works without this: it adds what GOV.UK Frontend's own components add, and ours.
import { initAll } from "./govuk-frontend/govuk-frontend.min.js";
import { autosave } from "./autosave.js";
import { call, timer } from "./call.js";
import { board } from "./board.js";
import { copyable } from "./copy.js";
import { insert } from "./insert.js";
import { keys } from "./keys.js";
import { multiplied } from "./multiplied.js";
import { presence } from "./presence.js";
import { warnBeforeTheEnd } from "./session.js";
import { ticks } from "./ticks.js";
import { totals } from "./totals.js";
import { upload } from "./upload.js";

initAll();
document.querySelectorAll("[data-session]").forEach(warnBeforeTheEnd);
document.querySelectorAll("[data-autosave]").forEach(autosave);
document.querySelectorAll("[data-call]").forEach(call);
document.querySelectorAll("[data-timer]").forEach(timer);
document.querySelectorAll("[data-board]").forEach(board);
document.querySelectorAll("[data-multiplies]").forEach(multiplied);
document.querySelectorAll("[data-ticks]").forEach(ticks);
document.querySelectorAll("[data-totals]").forEach(totals);
document.querySelectorAll("[data-here]").forEach(presence);
document.querySelectorAll("[data-copy]").forEach(copyable);
document.querySelectorAll("[data-insert]").forEach(insert);
document.querySelectorAll("[data-upload]").forEach(upload);
document.querySelectorAll("[data-keys]").forEach(keys);
