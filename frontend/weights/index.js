// The page of a draft's weights: a matrix pasted into a cell fills the table from there. All else is plain forms.
import { enhanceWeights } from "../editor/weights.js";

for (const form of document.querySelectorAll("form[data-weights-form]")) enhanceWeights(form, () => {});
