"""The sum of one pinned unit, term by term, as far as it is computed."""

from course.figures.scene import View
from course.figures.state import Focus, unit_id
from course.figures.waterfall import Term, Waterfall, waterfall


def source_names(view: View, layer: int) -> list[str]:
    """The names of what arrives at a layer: features, or ids such as h1.3."""
    if layer == 1:
        return list(view.document.features)
    units = view.document.sizes[layer - 1]
    return [unit_id(view.document, Focus(layer - 1, unit)) for unit in range(units)]


def terms_of(view: View, focus: Focus) -> list[Term]:
    """The products that arrive at a unit; inputs and products are None while the page hides them."""
    column = view.seen.columns[focus.layer - 1]
    has_sum, added = view.known.z(focus.layer, focus.unit), view.known.products(focus.layer, focus.unit)
    terms = []
    names = source_names(view, focus.layer)
    arriving = zip(names, column.kernel, view.seen.source(focus.layer), strict=True)
    for place, (name, row, value) in enumerate(arriving):
        weight, has_inputs = row[focus.unit], view.known.a(focus.layer - 1, place)
        is_shown = has_sum or place < added or (has_inputs and (value == 0 or weight == 0))
        product = weight * value if is_shown else None
        is_edited = view.is_edited(focus.layer, focus.unit, place)
        terms.append(Term(name, weight, value if has_inputs else None, product, is_edited))
    return terms


def sum_of(view: View, focus: Focus) -> Waterfall:
    """The waterfall of a unit in the state of the view."""
    column = view.seen.columns[focus.layer - 1]
    z = column.z[focus.unit] if view.known.z(focus.layer, focus.unit) else None
    is_bias_edited = view.is_edited(focus.layer, focus.unit, None)
    return waterfall(terms_of(view, focus), column.bias[focus.unit], z, is_bias_edited=is_bias_edited)
