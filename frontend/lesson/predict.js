// A prediction is committed in place: its section is taken from the page that the form leads to.
const commit = async (section, form, submitter, enhance) => {
  const body = new FormData(form, submitter);
  const response = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const answer = page.getElementById(section.id);
  if (!response.ok || !answer) throw new Error("The page did not come back.");
  section.replaceWith(answer);
  enhance(answer);
  connect(answer, enhance);
  answer.querySelector("h3").focus();
};

const connect = (section, enhance) => {
  for (const form of section.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      // Without an answer from the server, the browser sends the form itself and says what is the matter.
      commit(section, form, event.submitter, enhance).catch(() => {
        if (event.submitter?.name) form.append(hidden(event.submitter));
        form.submit();
      });
    });
  }
};

const hidden = (submitter) => {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: submitter.name, value: submitter.value });
  return field;
};

/** enhance(section) is called with every section that comes in. */
export const enhancePredictions = (root, enhance) => {
  for (const section of root.querySelectorAll("[data-predict]")) connect(section, enhance);
};
