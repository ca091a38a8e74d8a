// The lesson's text: code to copy, tabs, predictions in place, terms that Escape puts away.
// Everything on the page works without a script; this makes it quicker.
import { enhanceCode } from "./code.js";
import { enhancePlace } from "./place.js";
import { enhancePredictions } from "./predict.js";
import { enhanceTabs } from "./tabs.js";
import { enhanceTerms } from "./terms.js";

enhanceCode(document);
enhanceTabs(document);
enhanceTerms(document);
enhancePlace(document);
enhancePredictions(document, (section) => {
  enhanceCode(section);
  enhanceTabs(section);
});
