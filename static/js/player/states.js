// What the conversation about seat time means for who watches or reads, in words and with a way on.

/** `words` and `dataset` are the page's; `resume()` after silence, `halt()` and `goOn()` when another place counts. */
export function stateTeller({ messages, words, dataset, resume, halt, goOn }) {
  const signIn = () => location.assign(dataset.signInUrl);
  return (name, answer, before) => {
    if (name === "counting") {
      if (before === "offline") {
        messages.show("offline", words.back, { forMs: 5_000 });
        resume();
      } else if (answer.message) messages.show("server", answer.message, { forMs: 10_000 });
      return;
    }
    if (name === "offline") messages.show(name, words.offline);
    if (name === "signed_out") messages.show(name, words.signed_out, { action: signIn, label: words.sign_in });
    if (name === "no_access") messages.show(name, answer.message || words.no_access);
    if (name === "reload") messages.show(name, words.reload, { action: () => location.reload(), label: words.reload_action });
    if (name !== "elsewhere") return;
    halt();
    const again = () => { messages.hide(name); goOn(); };
    messages.show(name, words.elsewhere, { label: words.continue, action: again });
  };
}
