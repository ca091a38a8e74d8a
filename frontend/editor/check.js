// Asks the engine about a text, a moment after the last change; an answer that comes too late is dropped.
const PAUSE_MS = 250;
const LIMIT_BYTES = 32 * 1024;

export function liveCheck({ url, challenge, weights, hasBuilder, onResult, onSilence }) {
  let timer = 0;
  let asking = null;

  async function ask(source) {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ source, ...(challenge && { challenge }), weights: weights(), fragments: true, builder: hasBuilder }),
        signal,
      });
      if (response.ok) return onResult(await response.json(), source);
      if (response.status === 429) return again(source, Number(response.headers.get("Retry-After")) || 5);
      onSilence("Live checking is away. Submitting still works.");
    } catch (error) {
      if (error.name !== "AbortError") onSilence("Live checking is out of reach. Your text is still here.");
    }
  }

  function again(source, seconds) {
    onSilence(`Live checking rests for ${seconds} s. Submitting still works.`);
    clearTimeout(timer);
    timer = setTimeout(ask, seconds * 1000, source);
  }

  return function check(source) {
    clearTimeout(timer);
    if (new Blob([source]).size > LIMIT_BYTES) {
      asking?.abort();
      return onSilence("The text is longer than 32 KiB and cannot be read. Leave out what is not the network.");
    }
    timer = setTimeout(ask, PAUSE_MS, source);
  };
}
