"""The main job in one walk: catalogue, lesson, a neuron, the quiz, the challenge, a passed submission.

Everything is real: the server, the worker in its own process, the engine, and a Chromium that complains.
"""

import json
import re
import subprocess
from collections.abc import Callable

from django.conf import settings
from playwright.sync_api import Locator, Page, expect

import engine
from accounts.models import User
from quizzes.models import Answer
from tests.browser.conftest import GRADED, OpenPage
from tests.conftest import PASSWORD

KERAS_TEXT = """\
from keras.models import Sequential
from keras.layers import Dense, Activation

layers = [
    Dense(units=6, input_shape=(8,), activation='relu'),
    Dense(unit=6, activation='relu'),
    Dense(units=4, activation='softmax')
]

model = Sequential(layers)
"""


def test_a_learner_walks_the_whole_way(
    course_content: None,
    learner: User,
    worker: subprocess.Popen[bytes],
    open_page: OpenPage,
    axe: Callable[[Page], None],
) -> None:
    page = open_page("/")
    axe(page)
    page.get_by_role("link", name="Neural networks, by hand and in Keras").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Neural networks, by hand and in Keras")
    axe(page)
    page.get_by_role("main").get_by_role("link", name="Layers of a neural network").first.click()
    focus_a_neuron(page)
    axe(page)
    sign_in(page, learner)
    take_the_quiz(page, axe)
    build_and_submit(page, axe)


def focus_a_neuron(page: Page) -> None:
    """Focus h1.5 for the llama; its sum in the page is the engine's, number by number."""
    figure = page.locator("network-figure")
    figure.get_by_role("link", name=re.compile(r"^h1\.5, ")).first.click()
    expect(figure.get_by_role("heading")).to_have_text("Neuron h1.5 looks at a llama")
    row = figure.locator("[data-part=sum] tbody tr").last
    shown = [number(cell) for cell in row.locator("td").all()]
    products, bias, z = llama_sum(layer=1, unit=4)
    assert shown == [*(product for product in products if product != 0), bias, z]


def llama_sum(layer: int, unit: int) -> tuple[list[float], float, float]:
    """Products, bias and weighted sum of one unit, from the engine on the lesson's own file."""
    document = json.loads((settings.CONTENT_DIR / "neural-networks/networks/animals.json").read_text())
    model = engine.build(engine.parse(document["source"]), dtype="float64")
    model.set_weights(
        [
            array
            for pair in zip(document["weights"]["W"], document["weights"]["b"], strict=True)
            for array in pair
        ]
    )
    x = document["presets"]["llama"]
    traced = json.loads(engine.trace(model, x).to_json())["layers"][layer]
    column = [row[unit] for row in traced["kernel"]]
    products = [value * weight for value, weight in zip(x, column, strict=True)]
    return products, traced["bias"][unit], traced["z"][unit]


def number(cell: Locator) -> float:
    return float(cell.inner_text().replace("−", "-"))


def sign_in(page: Page, learner: User) -> None:
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    page.get_by_label("Sign-in name").fill(learner.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Layers of a neural network")


def take_the_quiz(page: Page, axe: Callable[[Page], None]) -> None:
    page.get_by_role("navigation", name="Parts of this lesson").get_by_role("link", name="Quiz").click()
    page.locator("main a[href='/quizzes/layers/']").first.click()
    expect(page.get_by_role("button", name=re.compile("Start|Begin"))).to_be_visible()
    axe(page)
    page.get_by_role("button", name=re.compile("Start|Begin")).click()

    page.get_by_label("It adds the eight ratings").check()
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_role("main")).to_contain_text("Not yet")
    axe(page)

    # The key of a generated question is nowhere in the page; the test reads it from the database.
    answer = Answer.objects.get(question__slug="count-parameters")
    page.get_by_role("link", name="Count the parameters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Count the parameters")
    page.get_by_role("textbox").fill(str(answer.asked.key))
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_role("main")).to_contain_text("1 of 12 right so far")

    page.get_by_role("link", name="Finish").click()
    page.get_by_role("button", name=re.compile("Finish")).click()
    expect(page).to_have_url(re.compile("/results/$"))
    expect(page.get_by_role("main")).to_contain_text("Count the parameters")
    axe(page)


def build_and_submit(page: Page, axe: Callable[[Page], None]) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Challenges").click()
    page.get_by_role("link", name="Your first network").click()
    editor = page.locator(".cm-content")
    paste(editor, KERAS_TEXT)

    finding = page.locator("[data-findings]")
    expect(finding).to_contain_text("Line 6, column 11. Dense has no argument 'unit'; did you mean 'units'?")
    expect(page.locator(".cm-line").nth(5).locator(".cm-lintRange-error")).to_have_text("unit")
    expect(page.get_by_role("button", name="Submit")).to_have_attribute("aria-disabled", "true")
    axe(page)

    finding.get_by_role("button", name=re.compile("Change to")).click()
    expect(page.locator("[data-live] tfoot")).to_contain_text("124")
    axe(page)
    page.get_by_role("button", name="Submit").click()

    expect(page).to_have_url(re.compile("/submissions/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("6 of 6 criteria met", timeout=GRADED)
    expect(page.locator(".state").first).to_have_text("Passed")
    reasons = [row.locator("p").first.inner_text() for row in page.locator(".rubric .what").all()]
    assert reasons == [
        "The layers are Dense, Dense, Dense.",
        "Each sample goes in as (8,).",
        "The layers have 6, 6, 4 units.",
        "The activations are relu, relu, softmax.",
        'The last layer, "dense_2", gives (4,) and applies softmax.',
        "8×6 + 6, then 6×6 + 6, then 6×4 + 4.",
    ]
    axe(page)


def paste(editor: Locator, text: str) -> None:
    """Replace what the editor holds, as a learner does: select all, paste."""
    editor.click()
    editor.press("Control+a")
    editor.evaluate(
        """(target, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
        }""",
        text,
    )
