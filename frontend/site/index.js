// Every page loads this: theme button, menu, keys, forms, paper. Pages work without it.
import { enhanceForms } from "./forms.js";
import { enhanceKeys } from "./keys.js";
import { enhanceLeaving } from "./leave.js";
import { enhanceMenu } from "./menu.js";
import { enhancePrint } from "./print.js";
import { enhanceTheme } from "./theme.js";

enhanceTheme();
enhanceMenu();
enhanceKeys();
enhanceForms();
enhancePrint();
enhanceLeaving();
