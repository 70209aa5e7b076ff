// A form is sent once, an error summary is the first thing that a reader of the page hears, and where a form has room for
// the time zone of the browser it is told.
export function wireForms() {
  document.querySelector("[data-error-summary]")?.focus();
  for (const form of document.querySelectorAll("form[data-once]")) guard(form);
  for (const field of document.querySelectorAll("input[data-zone]")) {
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? field.value;
  }
  for (const field of document.querySelectorAll("input[data-most-bytes]")) {
    // The server would refuse the whole form, with all that was typed into it.
    field.addEventListener("change", () => {
      field.setCustomValidity(field.files[0]?.size > +field.dataset.mostBytes ? field.dataset.tooLarge : "");
      field.reportValidity();
    });
  }
}

function guard(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    form.setAttribute("aria-busy", "true");
    for (const button of buttons(form)) button.setAttribute("aria-disabled", "true");
  });
  // Coming back by the Back button shows the page as it was left; the form must work again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sent = false;
    form.removeAttribute("aria-busy");
    for (const button of buttons(form)) button.removeAttribute("aria-disabled");
  });
}

const buttons = (form) => form.querySelectorAll("button[type=submit], button:not([type])");
