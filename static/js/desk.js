// Every page of the organisers' and the units' workspace.
import { enableCopying } from "./copying.js";
import { closeMenuOutside, enablePrinting, focusFirstNotice, sendFormsOnce } from "./page.js";
import { enableMatrix } from "./matrix.js";
import { enableSorting } from "./sorting.js";

document.documentElement.classList.add("js");
enableCopying();
enableMatrix();
enableSorting();
focusFirstNotice();
closeMenuOutside();
sendFormsOnce();
enablePrinting();
