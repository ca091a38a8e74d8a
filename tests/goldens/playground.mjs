// Writes tests/goldens/data/playground.json: points, first weights and losses of the playground, computed in another
// language, with another sine and tanh, and with the random numbers of the library that TensorFlow Playground uses.
// It is told by what the original does, not by the engine: drawn in the original's order, one sample and one link at a
// time. From the project's root:
//
//     npm install --no-save seedrandom@3.0.5 && node tests/goldens/playground.mjs
import { writeFileSync } from "node:fs";
import seedrandom from "seedrandom";

const EPOCHS = [1, 2, 5, 20, 50];
const USUAL = { dataset: "circle", seed: "0.43", noise: 0, share: 50, inputs: ["x", "y"], hidden: [4, 2], activation: "tanh", rate: 0.03, batch: 10, penalty: "none", strength: 0 };
const CASES = [
  {},
  { dataset: "xor", activation: "relu", hidden: [4], inputs: ["x", "y", "xTimesY"] },
  { dataset: "spiral", seed: "0.60812", noise: 20, share: 80, hidden: [8, 6], activation: "tanh", inputs: ["x", "y", "xSquared", "ySquared", "xTimesY", "sinX", "sinY"] },
  { dataset: "gauss", seed: "a", noise: 35, activation: "sigmoid", batch: 30, penalty: "L2", strength: 0.1 },
  { noise: 50, penalty: "L1", strength: 0.3, share: 10 },
  { dataset: "reg-plane", noise: 15, hidden: [3, 3, 3], batch: 7 },
  { dataset: "reg-gauss", activation: "linear", hidden: [], batch: 1, rate: 0.01 },
];

const INPUTS = { x: (x) => x, y: (_, y) => y, xSquared: (x) => x * x, ySquared: (_, y) => y * y, xTimesY: (x, y) => x * y, sinX: (x) => Math.sin(x), sinY: (_, y) => Math.sin(y) };
const UNITS = {
  tanh: [Math.tanh, (z) => 1 - Math.tanh(z) ** 2],
  relu: [(z) => (z > 0 ? z : 0), (z) => (z > 0 ? 1 : 0)],
  sigmoid: [(z) => 1 / (1 + Math.exp(-z)), (z) => Math.exp(-z) / (1 + Math.exp(-z)) ** 2],
  linear: [(z) => z, () => 1],
};

function pointsOf({ dataset, noise }, random) {
  const between = (low, high) => random() * (high - low) + low;
  const level = noise / 100;
  const isRegression = dataset.startsWith("reg-");
  const count = isRegression ? 1200 : 500;
  const points = [];
  const labeled = (x, y, reach, label) => {
    const [byX, byY] = [between(-reach, reach), between(-reach, reach)];
    points.push([x, y, label(x + byX * level, y + byY * level)]);
  };
  if (dataset === "circle") {
    for (const [low, high] of [[0, 2.5], [3.5, 5]])
      for (let k = 0; k < count / 2; k++) {
        const [from, angle] = [between(low, high), between(0, 2 * Math.PI)];
        labeled(from * Math.sin(angle), from * Math.cos(angle), 5, (x, y) => (Math.sqrt(x * x + y * y) < 2.5 ? 1 : -1));
      }
  } else if (dataset === "xor") {
    const apart = (value) => (value > 0 ? value + 0.3 : value - 0.3);
    for (let k = 0; k < count; k++) labeled(apart(between(-5, 5)), apart(between(-5, 5)), 5, (x, y) => (x * y >= 0 ? 1 : -1));
  } else if (dataset === "gauss") {
    const spread = Math.sqrt(0.5 + (4 - 0.5) * (level / 0.5));
    const bell = (middle) => {
      for (;;) {
        const [one, other] = [2 * random() - 1, 2 * random() - 1];
        const size = one * one + other * other;
        if (size <= 1) return middle + spread * one * Math.sqrt((-2 * Math.log(size)) / size);
      }
    };
    for (const side of [1, -1]) for (let k = 0; k < count / 2; k++) points.push([bell(2 * side), bell(2 * side), side]);
  } else if (dataset === "spiral") {
    for (const side of [1, -1])
      for (let k = 0; k < count / 2; k++) {
        const part = k / (count / 2);
        const angle = 1.75 * part * 2 * Math.PI + (side === 1 ? 0 : Math.PI);
        points.push([part * 5 * Math.sin(angle) + between(-1, 1) * level, part * 5 * Math.cos(angle) + between(-1, 1) * level, side]);
      }
  } else {
    const hills = [[-4, 2.5], [0, 2.5], [4, 2.5], [-4, -2.5], [0, -2.5], [4, -2.5]];
    const height = (x, y) =>
      hills.reduce((most, [across, up], k) => {
        const own = (k % 2 ? -1 : 1) * Math.max(0, 1 - Math.sqrt((x - across) ** 2 + (y - up) ** 2) / 2);
        return Math.abs(own) > Math.abs(most) ? own : most;
      }, 0);
    for (let k = 0; k < count; k++) labeled(between(-6, 6), between(-6, 6), 6, dataset === "reg-plane" ? (x, y) => (x + y) / 10 : height);
  }
  for (let left = points.length; left > 0; left--) {
    const drawn = Math.floor(random() * left);
    [points[left - 1], points[drawn]] = [points[drawn], points[left - 1]];
  }
  return points;
}

function networkOf({ inputs, hidden, activation, dataset }, random) {
  const sizes = [inputs.length, ...hidden, 1];
  return sizes.slice(1).map((units, layer) => ({
    unit: UNITS[layer < hidden.length ? activation : dataset.startsWith("reg-") ? "linear" : "tanh"],
    nodes: Array.from({ length: units }, () => ({
      bias: 0.1,
      links: Array.from({ length: sizes[layer] }, () => ({ weight: random() - 0.5, sum: 0, seen: 0, isDead: false })),
      sum: 0, seen: 0,
    })),
  }));
}

function answer(network, seen) {
  for (const { unit, nodes } of network) {
    for (const node of nodes) {
      node.input = seen;
      node.z = node.links.reduce((sum, link, k) => sum + link.weight * seen[k], node.bias);
      node.output = unit[0](node.z);
    }
    seen = nodes.map((node) => node.output);
  }
  return seen[0];
}

function blame(network, error) {
  let outer = [error];
  for (const { unit, nodes } of [...network].reverse()) {
    const slopes = nodes.map((node, k) => outer[k] * unit[1](node.z));
    outer = nodes[0].input.map((_, k) => nodes.reduce((sum, node, at) => sum + node.links[k].weight * slopes[at], 0));
    nodes.forEach((node, at) => {
      node.sum += slopes[at];
      node.seen++;
      node.links.forEach((link, k) => {
        if (link.isDead) return;
        link.sum += slopes[at] * node.input[k];
        link.seen++;
      });
    });
  }
}

function step(network, { rate, penalty, strength }) {
  for (const node of network.flatMap((layer) => layer.nodes)) {
    if (node.seen) node.bias -= (rate * node.sum) / node.seen;
    [node.sum, node.seen] = [0, 0];
    for (const link of node.links.filter((one) => !one.isDead && one.seen)) {
      const price = { none: 0, L1: Math.sign(link.weight), L2: link.weight }[penalty];
      const learned = link.weight - (rate / link.seen) * link.sum;
      const paid = learned - rate * strength * price;
      link.isDead = penalty === "L1" && learned * paid < 0;
      link.weight = link.isDead ? 0 : paid;
      [link.sum, link.seen] = [0, 0];
    }
  }
}

function golden(changed) {
  const setup = { ...USUAL, ...changed };
  const random = seedrandom(setup.seed);
  const points = pointsOf(setup, random);
  const network = networkOf(setup, random);
  const weights = network.map(({ nodes }) => nodes.map(({ links }) => links.map(({ weight }) => weight)));
  const samples = points.map(([x, y, label]) => [setup.inputs.map((name) => INPUTS[name](x, y)), label]);
  const train = Math.floor((points.length * setup.share) / 100);
  const loss = (some) => some.reduce((sum, [seen, label]) => sum + 0.5 * (answer(network, seen) - label) ** 2, 0) / some.length;
  const measured = () => [loss(samples.slice(0, train)), loss(samples.slice(train))];
  const losses = { 0: measured() };
  for (let epoch = 1; epoch <= EPOCHS.at(-1); epoch++) {
    for (let k = 0; k < train; k++) {
      blame(network, answer(network, samples[k][0]) - samples[k][1]);
      if ((k + 1) % setup.batch === 0) step(network, setup);
    }
    if (EPOCHS.includes(epoch)) losses[epoch] = measured();
  }
  return { setup, points: points.filter((_, k) => k % 97 === 0), mean: [0, 1, 2].map((k) => points.reduce((sum, point) => sum + point[k], 0) / points.length), weights, losses };
}

const made = `Node.js ${process.versions.node}, seedrandom 3.0.5`;
writeFileSync(new URL("data/playground.json", import.meta.url), `${JSON.stringify({ made, cases: CASES.map(golden) })}\n`);
