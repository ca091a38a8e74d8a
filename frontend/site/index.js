// Every page loads this: theme button, menu, keys, forms. Pages work without it.
import { enhanceForms } from "./forms.js";
import { enhanceKeys } from "./keys.js";
import { enhanceMenu } from "./menu.js";
import { enhanceTheme } from "./theme.js";

enhanceTheme();
enhanceMenu();
enhanceKeys();
enhanceForms();
