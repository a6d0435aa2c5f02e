/** Loaded before a process of the product: its own clock is off by SHIFT_MS, or stands in 1970. The database's is right. */
const shift = Number(process.env.SHIFT_MS);
const RealDate = Date;
const now = () => RealDate.now() + shift;

class ShiftedDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(now());
    else super(...parts);
  }

  static now() {
    return now();
  }
}
globalThis.Date = ShiftedDate;
