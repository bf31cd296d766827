// The sound of a figure, for those who turn it on: two numbers while they change, one for each ear, and two curves from left
// to right. The library chooses the numbers, the curves and their pitches. An infinite value is a buzz.

/** The greatest volume, as a share of full volume. */
const LOUD = 0.12;
/** The time constant with which a tone follows a change, and the time from the last change to silence, in seconds. */
const [SOON, GONE] = [0.02, 0.5];
/** The duration of the curves in seconds, and the number of places at which they are sampled. */
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

  /** Whether the sound of changes is on. */
  get on() {
    return this.#on;
  }

  /** Turns the sound of changes on or off. */
  toggle() {
    this.#on = !this.#on;
    if (this.#on) {
      this.#start();
      this.follow();
    } else {
      this.#voices.forEach((voice) => this.#silence(voice));
    }
  }

  /** Turns the sound of changes off. */
  stop() {
    if (this.#on) {
      this.toggle();
    }
  }

  /** Plays the figure's present state, if the sound of changes is on. */
  follow() {
    if (!this.#on || performance.now() < this.#resting) {
      return;
    }
    this.#element.figure.voices().forEach((pitch, ear) => this.#tone(this.#voices[ear], pitch, this.#context.currentTime));
    clearTimeout(this.#gone);
    this.#gone = setTimeout(() => this.#voices.forEach((voice) => this.#silence(voice)), 1000 * GONE);
  }

  /** Plays the curves once. */
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

  /** Starts the audio. Browsers allow this only after the reader has pressed something. */
  #start() {
    this.#context ??= new AudioContext();
    this.#context.resume();
    this.#voices ??= [-0.8, 0.8].map((side) => this.#voice(side));
  }

  /** A silent tone and a silent buzz at one ear. */
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
