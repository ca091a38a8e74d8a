// Sections that show the same thing in several ways become tabs (WAI-ARIA: arrows move and select).
const KEYS = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

const enhance = (set) => {
  const panels = [...set.querySelectorAll(":scope > section")];
  const list = document.createElement("div");
  list.setAttribute("role", "tablist");
  const tabs = panels.map((panel) => tabOf(panel));
  const select = (place) => {
    for (const [i, tab] of tabs.entries()) {
      tab.setAttribute("aria-selected", String(i === place));
      tab.tabIndex = i === place ? 0 : -1;
      panels[i].hidden = i !== place;
    }
  };
  for (const [i, tab] of tabs.entries()) {
    tab.addEventListener("click", () => select(i));
    tab.addEventListener("keydown", (event) => {
      if (!(event.key in KEYS)) return;
      event.preventDefault();
      const next = Math.min(Math.max(i + KEYS[event.key], 0), tabs.length - 1);
      select(next);
      tabs[next].focus();
    });
  }
  list.append(...tabs);
  set.prepend(list);
  select(0);
};

const tabOf = (panel) => {
  const title = panel.querySelector(":scope > h3");
  const tab = document.createElement("button");
  tab.type = "button";
  tab.id = `${title.id}-tab`;
  tab.textContent = title.textContent;
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", `${title.id}-panel`);
  panel.id = `${title.id}-panel`;
  panel.tabIndex = 0;
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
  return tab;
};

export const enhanceTabs = (root) => root.querySelectorAll("[data-tabset]").forEach(enhance);
