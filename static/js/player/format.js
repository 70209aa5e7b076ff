// Times and sentences. Sentences come from the page, translated, with {names} to fill in.

/** 65000 -> "1:05", 3725000 -> "1:02:05" */
export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const rest = String(seconds % 60).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

export function fill(sentence, values = {}) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** For the ear: "1 minutes 5 seconds", in the page's language. */
export function spoken(ms, messages) {
  const whole = Math.max(0, Math.floor(ms / 1000));
  const [minutes, seconds] = [Math.floor(whole / 60), whole % 60];
  return fill(minutes ? messages.minutes : messages.seconds, { minutes, seconds });
}
