// One question to the site: the answer, or why there is none, in words.

/** Posts `body` as JSON; gives {answer} or {fault}. */
export async function ask(url, body) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.status === 429) return { fault: resting(Number(response.headers.get("Retry-After")) || 5) };
    const answer = await response.json();
    if (response.ok) return { answer };
    return { fault: typeof answer.detail === "string" ? answer.detail : "These settings do not fit." };
  } catch {
    return { fault: "The site is out of reach. Your run is still here: train again in a moment." };
  }
}

const resting = (seconds) => `Training rests for ${seconds} s, because many steps were asked for in a short time.`;

export const rested = (milliseconds) => new Promise((done) => setTimeout(done, Math.max(milliseconds, 0)));
