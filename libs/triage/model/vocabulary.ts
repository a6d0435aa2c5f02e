const EMPTY = -1;

/** Numbers for 32-bit hashes: an open-addressing table of typed arrays, several times faster than a Map here. */
export class Vocabulary {
  private slots: Int32Array;
  private mask: number;
  private keyStore: Uint32Array;
  private count = 0;

  constructor(capacity = 1024) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, capacity * 2)));
    this.slots = new Int32Array(slots).fill(EMPTY);
    this.mask = slots - 1;
    this.keyStore = new Uint32Array(slots / 2);
  }

  static of(keys: Uint32Array): Vocabulary {
    const vocabulary = new Vocabulary(keys.length);
    for (const key of keys) vocabulary.add(key);
    return vocabulary;
  }

  get size(): number {
    return this.count;
  }

  /** The hashes in the order of their numbers. */
  get keys(): Uint32Array {
    return this.keyStore.slice(0, this.count);
  }

  /** The number of a hash, or -1 for an unknown one. */
  find(key: number): number {
    let slot = key & this.mask;
    for (;;) {
      const index = this.slots[slot]!;
      if (index === EMPTY || this.keyStore[index] === key) return index;
      slot = (slot + 1) & this.mask;
    }
  }

  /** The number of a hash, given to it now if it is new. */
  add(key: number): number {
    const known = this.find(key);
    if (known !== EMPTY) return known;
    if (this.count === this.keyStore.length) this.grow();
    const index = this.count++;
    this.keyStore[index] = key;
    this.place(key, index);
    return index;
  }

  private place(key: number, index: number): void {
    let slot = key & this.mask;
    while (this.slots[slot] !== EMPTY) slot = (slot + 1) & this.mask;
    this.slots[slot] = index;
  }

  private grow(): void {
    const keys = this.keyStore;
    this.slots = new Int32Array(this.slots.length * 2).fill(EMPTY);
    this.mask = this.slots.length - 1;
    this.keyStore = new Uint32Array(keys.length * 2);
    this.keyStore.set(keys);
    for (let index = 0; index < this.count; index++) this.place(keys[index]!, index);
  }
}
