// Where a film stands: which scene, and which of its states, at a time in seconds. Free of the page.

/** The scenes with the time at which each begins. */
export function withTimes(scenes) {
  let at = 0;
  return scenes.map((scene) => {
    const timed = { ...scene, at };
    at += scene.seconds;
    return timed;
  });
}

export const lengthOf = (scenes) => scenes.at(-1).at + scenes.at(-1).seconds;

/** {scene, state}, both counted from 0. A scene's states share its seconds; at the end the last one stays. */
export function placeAt(scenes, time) {
  const scene = Math.max(0, scenes.findLastIndex((one) => one.at <= time));
  const { at, seconds, states } = scenes[scene];
  const state = Math.floor(((time - at) / seconds) * states.length);
  return { scene, state: Math.min(Math.max(state, 0), states.length - 1) };
}

/** Minutes and seconds: 1:05. The mirror of showing.py. */
export function clock(time) {
  const seconds = Math.floor(time);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
