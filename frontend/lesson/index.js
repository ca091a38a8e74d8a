// The lesson's text: code to copy, tabs, predictions in place, terms that Escape puts away.
// Everything on the page works without a script; this makes it quicker.
import { enhanceCode } from "./code.js";
import { enhancePredictions } from "./predict.js";
import { enhanceTabs } from "./tabs.js";
import { enhanceTerms } from "./terms.js";

enhanceCode(document);
enhanceTabs(document);
enhanceTerms(document);
enhancePredictions(document, (section) => {
  enhanceCode(section);
  enhanceTabs(section);
});
