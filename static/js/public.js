// Every citizen's page but the attempt.
import { enableBigText } from "./bigtext.js";
import { startCountdowns } from "./countdown.js";
import { enableCopying, enableSharing } from "./copying.js";
import { enhanceUnitPickers } from "./unit-search.js";
import { forgetFinishedAttempts } from "./forget.js";
import { closeMenuOutside, enablePrinting, enableReviewFilter, focusFirstNotice, sendFormsOnce } from "./page.js";

document.documentElement.classList.add("js");
enableBigText();
startCountdowns();
enableCopying();
enableSharing();
enhanceUnitPickers();
forgetFinishedAttempts();
focusFirstNotice();
closeMenuOutside();
sendFormsOnce();
enableReviewFilter();
enablePrinting();
