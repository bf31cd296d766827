// A figure to be heard, for those who ask for it: two numbers while they change, one at each ear, and two curves from left to
// right. What is heard of a figure, and how high, is the library's to say; infinite is a buzz.

/** How loud it is at most, of 1. */
const LOUD = 0.12;
/** How soon a tone follows a change, and how long after the last one it is gone, in seconds. */
const [SOON, GONE] = [0.02, 0.5];
/** How long the curves last, in seconds, and at how many places they are heard. */
const [LASTS, PLACES] = [2.4, 96];
/** The pitch of the buzz, in hertz. */
const BUZZ = 82;

export class Sound {
  #element;
  #context;
  #voices;
  #on = false;
  #resting = 0;
  #gone = 0;

  constructor(element) {
    this.#element = element;
  }

  /** Whether changes are heard. */
  get on() {
    return this.#on;
  }

  /** From now on changes are heard, or no more. */
  toggle() {
    this.#on = !this.#on;
    if (this.#on) {
      this.#start();
      this.follow();
    } else {
      this.#voices.forEach((voice) => this.#silence(voice));
    }
  }

  /** Changes are heard no more. */
  stop() {
    if (this.#on) {
      this.toggle();
    }
  }

  /** Is heard as the figure is now, if changes are. */
  follow() {
    if (!this.#on || performance.now() < this.#resting) {
      return;
    }
    this.#element.figure.voices().forEach((pitch, ear) => this.#tone(this.#voices[ear], pitch, this.#context.currentTime));
    clearTimeout(this.#gone);
    this.#gone = setTimeout(() => this.#voices.forEach((voice) => this.#silence(voice)), 1000 * GONE);
  }

  /** Lets the curves be heard once. */
  curves() {
    this.#start();
    const pitches = this.#element.figure.heardCurves(PLACES);
    const begin = this.#context.currentTime + 0.05;
    this.#resting = performance.now() + 1000 * LASTS;
    clearTimeout(this.#gone);
    pitches.forEach((pitch, index) => {
      const place = index % PLACES;
      this.#tone(this.#voices[index < PLACES ? 0 : 1], pitch, begin + (place / PLACES) * LASTS);
    });
    this.#voices.forEach((voice) => this.#silence(voice, begin + LASTS));
  }

  /** Browsers let nothing be heard before the reader has pressed something. */
  #start() {
    this.#context ??= new AudioContext();
    this.#context.resume();
    this.#voices ??= [-0.8, 0.8].map((side) => this.#voice(side));
  }

  /** A tone and a buzz at one ear, silent. */
  #voice(side) {
    const context = this.#context;
    const ear = new StereoPannerNode(context, { pan: side });
    ear.connect(context.destination);
    const [[tone, loud], [, rough]] = ["sine", "sawtooth"].map((type) => {
      const source = new OscillatorNode(context, { type, frequency: BUZZ });
      const gain = new GainNode(context, { gain: 0 });
      source.connect(gain).connect(ear);
      source.start();
      return [source, gain];
    });
    return { tone, loud, rough };
  }

  #tone({ tone, loud, rough }, pitch, when) {
    const heard = Number.isFinite(pitch);
    if (heard) {
      tone.frequency.setTargetAtTime(pitch, when, SOON);
    }
    loud.gain.setTargetAtTime(heard ? LOUD : 0, when, SOON);
    rough.gain.setTargetAtTime(pitch === Infinity ? LOUD / 3 : 0, when, SOON);
  }

  #silence({ loud, rough }, when = this.#context.currentTime) {
    [loud, rough].forEach(({ gain }) => gain.setTargetAtTime(0, when, 4 * SOON));
  }
}
