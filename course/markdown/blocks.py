"""How blocks of a lesson are written as HTML: callouts, examples, questions, tabs, code, tables, formulas."""

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML, RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.container import container_plugin

from course.markdown.code import highlight, language_name
from course.markdown.maths import to_mathml

Rule: TypeAlias = Callable[[RendererProtocol, Sequence[Token], int, OptionsDict, EnvType], str]
CONTAINERS = ("callout", "worked", "predict", "recall", "practice", "tabs", "tab")
# What a block's title is for, shown to an author who left it out.
TITLES = {
    "worked": "A worked example needs a title: ::: worked The same neuron in NumPy",
    "recall": "A recall block needs its question: ::: recall What does a bias do?",
    "practice": "A practice block needs its task: ::: practice Work out neuron h1.1",
    "tab": "A tab needs a name: ::: tab By hand",
}
ANCHORED = ("worked", "predict", "tab")
HYPHENATED_NUMBER = re.compile(r"\b\d+(?:-\d+)+\b")
KICKERS = {"recall": "From memory", "practice": "Your turn"}


def install(md: MarkdownIt) -> None:
    """Teach the renderer our blocks."""
    for name in CONTAINERS:
        container_plugin(md, name=name, validate=_starts_with(name), render=_RENDERERS[name])
    rules: dict[str, Rule] = {
        "text": _text,
        "fence": _fence,
        "code_block": _fence,
        "math_inline": _math_inline,
        "math_inline_double": _math_block,
        "math_block": _math_block,
        "table_open": lambda *_: (
            '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>\n'
        ),
        "table_close": lambda *_: "</table></div>\n",
        "th_open": _cell,
        "td_open": _cell,
        "link_open": _link,
        "link_close": _link,
    }
    for token_type, rule in rules.items():
        md.add_render_rule(token_type, rule)


def container_title(token: Token, name: str) -> str:
    """What stands after the name in "::: worked A title"."""
    return token.info.strip()[len(name) :].strip()


def _starts_with(name: str) -> Callable[[str, str], bool]:
    return lambda params, *_: params.strip().split(" ")[0] == name


def _callout(
    self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    return '<div class="callout">\n' if tokens[place].nesting == 1 else "</div>\n"


def _worked(
    self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[place]
    if token.nesting == -1:
        return "</section>\n"
    title, anchor = escape(container_title(token, "worked")), escape(str(token.meta["anchor"]))
    return (
        f'<section class="block" aria-labelledby="{anchor}"><span class="kicker">Worked example</span>'
        f'<h3 id="{anchor}">{title}</h3>\n'
    )


def _question(name: str) -> Rule:
    """A question that opens to its answer, with or without a script."""

    def rule(
        self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
    ) -> str:
        token = tokens[place]
        if token.nesting == -1:
            return "</div></details>\n"
        title = escape(container_title(token, name))
        return (
            f'<details class="recall"><summary><span><span class="kicker">{KICKERS[name]}</span>'
            f"{title}</span></summary><div>\n"
        )

    return rule


def _tabs(
    self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    return '<div class="tabset" data-tabset>\n' if tokens[place].nesting == 1 else "</div>\n"


def _tab(
    self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[place]
    if token.nesting == -1:
        return "</section>\n"
    title, anchor = escape(container_title(token, "tab")), escape(str(token.meta["anchor"]))
    return f'<section aria-labelledby="{anchor}"><h3 id="{anchor}">{title}</h3>\n'


def _predict(
    self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    """Nothing: render() takes predictions out of the text before it is written."""
    return ""


_RENDERERS: dict[str, Rule] = {
    "callout": _callout,
    "worked": _worked,
    "predict": _predict,
    "recall": _question("recall"),
    "practice": _question("practice"),
    "tabs": _tabs,
    "tab": _tab,
}


def _cell(
    self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    """A cell of a table: numbers stand at the right, and words (`:---`) at the left."""
    token = tokens[place]
    scope = ' scope="col"' if token.tag == "th" else ""
    words = ' class="words"' if token.attrs.get("style") == "text-align:left" else ""
    return f"<{token.tag}{scope}{words}>"


def _link(
    self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    """A link, and around it what a glossary term brings along."""
    meta = tokens[place].meta
    written = RendererHTML.renderToken(self, tokens, place, options, env)  # type: ignore[arg-type]
    return f"{meta.get('before', '')}{written}{meta.get('after', '')}"


def _text(
    self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    """Names such as 8-6-6-4 stay on one line: a browser would break them at every hyphen."""
    return HYPHENATED_NUMBER.sub(r'<span class="whole">\g<0></span>', escapeHtml(tokens[place].content))


def _fence(
    self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[place]
    language, _, title = token.info.strip().partition(" ")
    label = title.strip() or language_name(language)
    return (
        f'<div class="code"><header><span>{escape(label)}</span>'
        '<button class="btn bare" type="button" data-copy hidden>Copy</button></header>'
        f'<pre tabindex="0" role="region" aria-label="{escape(label, quote=True)}">'
        f"<code>{highlight(token.content, language)}</code></pre></div>\n"
    )


def _math_inline(
    self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    return to_mathml(tokens[place].content, is_block=False)


def _math_block(
    self: RendererProtocol, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    """A formula that is wider than a phone scrolls by itself, so the keyboard has to come to it."""
    formula = to_mathml(tokens[place].content, is_block=True)
    return f'<span class="formula" tabindex="0" role="group" aria-label="Formula">{formula}</span>\n'
