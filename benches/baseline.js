// The mathematics of `cargo xtask bench` in plain JavaScript, at the same accuracy, as the standard for the
// wasm.
//
// `benchmarks[name](repeats)` returns { microseconds, checksum }: the time of one call, and the sum of all
// results, which prevents the work from being optimised away. `gradient(name, mean, sd)` and `histograms()`
// return plain results, which are compared with the library's.

/** The target, as [weight, mean, sd] of each component, and the model at which the gradients are taken. */
export const target = [[0.3, -2, 0.6], [0.5, 0.5, 1], [0.2, 3, 0.5]];
export const model = { mean: 0.3, sd: 1.5 };

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
const scaled = target.map(([weight, mean, sd]) => ({
  height: weight / (sd * ROOT_TWO_PI), mean, curvature: -0.5 / (sd * sd),
}));

function density(x) {
  let p = 0;
  for (let i = 0; i < scaled.length; i++) {
    const c = scaled[i];
    const t = x - c.mean;
    p += c.height * Math.exp(c.curvature * t * t);
  }
  return p;
}

const moments = (() => {
  const mean = target.reduce((sum, [w, m]) => sum + w * m, 0);
  return { mean, variance: target.reduce((sum, [w, m, s]) => sum + w * (s * s + (m - mean) ** 2), 0) };
})();

// The trapezoidal rule converges geometrically on these integrands; at this step it errs by less than 1e-9.
const STEP = 0.14;

/** ∂/∂μ and ∂/∂log σ from the moments ∫ q g, ∫ q g z, ∫ q g z², where `term(p, q, log q)` is q g. */
function quadrature(mean, sd, from, to, term) {
  const count = Math.ceil((to - from) / STEP);
  const step = (to - from) / count;
  const logPeak = -Math.log(sd) - HALF_LOG_TWO_PI;
  let m0 = 0, m1 = 0, m2 = 0;
  for (let i = 0; i <= count; i++) {
    const x = from + i * step;
    const z = (x - mean) / sd;
    const logQ = logPeak - 0.5 * z * z;
    const g = term(density(x), Math.exp(logQ), logQ);
    m0 += g;
    m1 += g * z;
    m2 += g * z * z;
  }
  return [step * m1 / sd, step * (m2 - m0)];
}

// Each divergence has its own closure and its own interval, as a careful author would write it.
const reverseKl = (p, q, logQ) => -q * (Math.log(p) - logQ);
const jensenShannon = (p, q) => -0.5 * q * Math.log1p(p / q);
const hellinger = (p, q) => -0.5 * Math.sqrt(p * q);
const reverseChiSquared = (p, q) => 2 * q * q / p;

/** ∫ p² / q and its derivatives in closed form: the integrand is a sum of Gaussians. */
function chiSquared(mean, sd) {
  const precision = 1 / (sd * sd);
  let byMean = 0, byScale = 0;
  for (let i = 0; i < scaled.length; i++) {
    for (let j = 0; j <= i; j++) {
      const a = scaled[i], b = scaled[j];
      const [pa, pb] = [-2 * a.curvature, -2 * b.curvature];
      const total = pa + pb - precision;
      if (total <= 0) return [NaN, NaN];
      const centre = (pa * a.mean + pb * b.mean - precision * mean) / total;
      const exponent = 0.5 * (total * centre * centre - pa * a.mean ** 2 - pb * b.mean ** 2 + precision * mean * mean);
      const mass = (i === j ? 1 : 2) * a.height * b.height * sd * ROOT_TWO_PI * Math.exp(exponent) * ROOT_TWO_PI / Math.sqrt(total);
      const offset = centre - mean;
      byMean -= mass * offset * precision;
      byScale -= mass * ((offset * offset + 1 / total) * precision - 1);
    }
  }
  return [byMean, byScale];
}

/** Total variation from the points where the densities cross. */
function totalVariation(mean, sd) {
  const logPeak = -Math.log(sd) - HALF_LOG_TWO_PI;
  const ratio = (x) => logPeak - 0.5 * ((x - mean) / sd) ** 2 - Math.log(density(x));
  const [from, to] = [Math.min(mean - 9 * sd, -7.5), Math.max(mean + 9 * sd, 9.5)];
  const count = 100;
  let byMean = 0, byScale = 0;
  let x = from, value = ratio(x);
  for (let i = 1; i <= count; i++) {
    const next = from + (to - from) * i / count;
    const nextValue = ratio(next);
    if ((value > 0) !== (nextValue > 0)) {
      const crossing = root(ratio, x, next, value, nextValue);
      const z = (crossing - mean) / sd;
      const q = Math.exp(logPeak - 0.5 * z * z) * (value > 0 ? 1 : -1);
      byMean -= q;
      byScale -= q * z * sd;
    }
    x = next;
    value = nextValue;
  }
  return [byMean, byScale];
}

/** The root between a and b by the Illinois variant of regula falsi. */
function root(f, a, b, atA, atB) {
  for (let i = 0; i < 60 && Math.abs(b - a) > 1e-13 * (1 + Math.abs(a)); i++) {
    const x = b - atB * (b - a) / (atB - atA);
    const at = f(x);
    if (at === 0) return x;
    if ((at > 0) !== (atB > 0)) [a, atA] = [b, atB];
    else atA *= 0.5;
    [b, atB] = [x, at];
    if (Math.abs(at) < 1e-15) break;
  }
  return b;
}

/** The standard normal cdf, by Hart's rational approximation. */
function normalCdf(z) {
  const t = Math.abs(z);
  if (t > 37) return z > 0 ? 1 : 0;
  const e = Math.exp(-0.5 * z * z);
  let tail;
  if (t < 7.07106781186547) {
    const above = ((((((3.52624965998911e-2 * t + 0.700383064443688) * t + 6.37396220353165) * t + 33.912866078383) * t
      + 112.079291497871) * t + 221.213596169931) * t + 220.206867912376);
    const below = (((((((8.83883476483184e-2 * t + 1.75566716318264) * t + 16.064177579207) * t + 86.7807322029461) * t
      + 296.564248779674) * t + 637.333633378831) * t + 793.826512519948) * t + 440.413735824752);
    tail = e * above / below;
  } else {
    tail = e / (t + 1 / (t + 2 / (t + 3 / (t + 4 / (t + 0.65))))) / ROOT_TWO_PI;
  }
  return z > 0 ? 1 - tail : tail;
}

/** W₁ is the area between the cdfs. Its gradient needs the points where they cross. */
function wasserstein1(mean, sd) {
  const gap = (x) => {
    let difference = normalCdf((x - mean) / sd);
    for (let i = 0; i < target.length; i++) difference -= target[i][0] * normalCdf((x - target[i][1]) / target[i][2]);
    return difference;
  };
  const logPeak = -Math.log(sd) - HALF_LOG_TWO_PI;
  const [from, to] = [Math.min(mean - 9 * sd, -7.5), Math.max(mean + 9 * sd, 9.5)];
  const count = 100;
  let byMean = 0, byScale = 0;
  let x = from, value = gap(x), massBefore = 0, densityBefore = 0;
  for (let i = 1; i <= count; i++) {
    const next = from + (to - from) * i / count;
    const nextValue = gap(next);
    const last = i === count;
    if (last || (value > 0) !== (nextValue > 0)) {
      const end = last ? next : root(gap, x, next, value, nextValue);
      const z = (end - mean) / sd;
      const mass = normalCdf(z), q = Math.exp(logPeak - 0.5 * z * z);
      const sign = value > 0 ? 1 : -1;
      byMean -= sign * (mass - massBefore);
      byScale += sign * sd * sd * (q - densityBefore);
      [massBefore, densityBefore] = [mass, q];
    }
    x = next;
    value = nextValue;
  }
  return [byMean, byScale];
}

/**
 * ∫ F⁻¹ Φ⁻¹ du, which is all that W₂ to a Gaussian needs of the target besides its moments. It is computed
 * once, as in the library.
 */
const coupling = (() => {
  const step = 0.02;
  let sum = 0;
  for (let x = -9; x <= 9; x += step) {
    const lower = target.reduce((mass, [w, m, s]) => mass + w * normalCdf((x - m) / s), 0);
    const upper = target.reduce((mass, [w, m, s]) => mass + w * normalCdf((m - x) / s), 0);
    let [a, b] = [-38, 0];
    for (let i = 0; i < 60; i++) {
      const middle = 0.5 * (a + b);
      if (normalCdf(middle) < Math.min(lower, upper)) a = middle;
      else b = middle;
    }
    sum += step * Math.exp(-0.5 * a * a) / ROOT_TWO_PI;
  }
  return sum;
})();

function wasserstein2(mean, sd) {
  const offset = mean - moments.mean;
  const distance = Math.sqrt(offset * offset + moments.variance + sd * sd - 2 * sd * coupling);
  return [offset / distance, sd * (sd - coupling) / distance];
}

const gradients = {
  forwardKl(mean, sd) {
    const offset = mean - moments.mean;
    return [offset / (sd * sd), 1 - (moments.variance + offset * offset) / (sd * sd)];
  },
  reverseKl: (mean, sd) => quadrature(mean, sd, mean - 7.8 * sd, mean + 7.8 * sd, reverseKl),
  jensenShannon: (mean, sd) => quadrature(mean, sd, Math.max(mean - 7.8 * sd, -7), Math.min(mean + 7.8 * sd, 8.3), jensenShannon),
  hellingerSquared: (mean, sd) => quadrature(mean, sd, mean - 7 * sd, mean + 7 * sd, hellinger),
  // The divergence is infinite unless the model is narrower than √2 of the target's widest component.
  reverseChiSquared: (mean, sd) => quadrature(mean, sd, mean - 12 * sd, mean + 12 * sd, reverseChiSquared),
  chiSquared,
  totalVariation,
  wasserstein1,
  wasserstein2,
};

/** The gradient of one divergence in (μ, log σ). */
export function gradient(name, mean = model.mean, sd = model.sd) {
  return gradients[name](mean, sd);
}

function timed(repeats, call) {
  let checksum = 0;
  const start = performance.now();
  for (let i = 0; i < repeats; i++) checksum += call(i);
  return { microseconds: (performance.now() - start) / repeats * 1e3, checksum };
}

export const BINS = 2048;
const bins = (() => {
  const weigh = (f) => {
    const weights = Float64Array.from({ length: BINS }, (_, i) => f((i + 0.5) / BINS));
    const total = weights.reduce((sum, w) => sum + w, 0);
    return weights.map((w) => w / total);
  };
  return { p: weigh((t) => Math.exp(-18 * (t - 0.4) ** 2)), q: weigh((t) => Math.exp(-8 * (t - 0.55) ** 2) + 0.01) };
})();

/** The two histograms for KL and JS. */
export const histograms = () => bins;

function kl(p, q) {
  let sum = 0;
  for (let i = 0; i < p.length; i++) if (p[i] > 0) sum += p[i] * Math.log(p[i] / q[i]);
  return sum;
}

function js(p, q) {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const m = 0.5 * (p[i] + q[i]);
    if (p[i] > 0) sum += p[i] * Math.log(p[i] / m);
    if (q[i] > 0) sum += q[i] * Math.log(q[i] / m);
  }
  return 0.5 * sum;
}

/** The model after `steps` steps of Adam on reverse KL from N(1, 2²) with learning rate 0.02. */
export function adam(steps) {
  const parameters = [1, Math.log(2)];
  const [first, second] = [[0, 0], [0, 0]];
  let [decay1, decay2] = [1, 1];
  for (let step = 0; step < steps; step++) {
    const g = gradients.reverseKl(parameters[0], Math.exp(parameters[1]));
    decay1 *= 0.9;
    decay2 *= 0.999;
    for (let i = 0; i < 2; i++) {
      first[i] += 0.1 * (g[i] - first[i]);
      second[i] += 0.001 * (g[i] * g[i] - second[i]);
      parameters[i] -= 0.02 * (first[i] / (1 - decay1)) / (Math.sqrt(second[i] / (1 - decay2)) + 1e-8);
    }
  }
  return { mean: parameters[0], sd: Math.exp(parameters[1]) };
}

const gradientBenchmark = (name) => (repeats) => timed(repeats, (i) => {
  // The model moves a little, so that no call repeats the last one.
  const sd = name === "reverseChiSquared" ? 1.2 : model.sd;
  const [byMean, byScale] = gradients[name](model.mean + 1e-6 * i, sd);
  return byMean + byScale;
});

export const benchmarks = {
  ...Object.fromEntries(Object.keys(gradients).map((name) => [name, gradientBenchmark(name)])),
  klOfBins: (repeats) => timed(repeats, () => kl(bins.p, bins.q)),
  jsOfBins: (repeats) => timed(repeats, () => js(bins.p, bins.q)),
  adam1000: (repeats) => timed(repeats, () => { const q = adam(1000); return q.mean + q.sd; }),
};
