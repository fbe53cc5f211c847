// Whether the service answers. Those who wait for it are told when it does again.

const waiting = new Set();
let up = true;

function show() {
  const banner = document.getElementById("connection");
  if (banner) {
    banner.hidden = up;
  }
}

export const connection = {
  get up() {
    return up;
  },
  heard(answered) {
    const back = answered && !up;
    up = answered;
    show();
    if (back) {
      for (const retry of waiting) {
        retry();
      }
    }
  },
  whenBack(retry) {
    waiting.add(retry);
  },
};
