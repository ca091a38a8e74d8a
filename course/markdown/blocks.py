"""How blocks of a lesson are written as HTML: code wells, callouts, worked examples, tables, formulas."""

from collections.abc import Callable, Sequence
from html import escape
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.container import container_plugin

from course.markdown.code import highlight, language_name
from course.markdown.maths import to_mathml

Rule: TypeAlias = Callable[[RendererProtocol, Sequence[Token], int, OptionsDict, EnvType], str]
CONTAINERS = ("callout", "worked")


def install(md: MarkdownIt) -> None:
    """Teach the renderer our blocks."""
    for name in CONTAINERS:
        container_plugin(md, name=name, validate=_starts_with(name), render=_RENDERERS[name])
    rules: dict[str, Rule] = {
        "fence": _fence,
        "code_block": _fence,
        "math_inline": _math_inline,
        "math_inline_double": _math_block,
        "math_block": _math_block,
        "table_open": lambda *_: (
            '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>\n'
        ),
        "table_close": lambda *_: "</table></div>\n",
        "th_open": lambda *_: '<th scope="col">',
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


_RENDERERS = {"callout": _callout, "worked": _worked}


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
    return to_mathml(tokens[place].content, is_block=True) + "\n"
