// Times and sizes as people say them, as `ikebana status` does.

const PREFIXES = ["k", "M", "G", "T", "P", "E"];

/** `40 s`, `5 min`, `2 h 5 min`, `3 d 4 h`: no more than two units, rounded down. */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 120) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h${rest(minutes % 60, "min")}` : `${Math.floor(hours / 24)} d${rest(hours % 24, "h")}`;
}

/** `1500 B`, `12.3 kB`: powers of 1000. */
export function octets(number) {
  return scaled(number, 10_000, "B");
}

/** `12.3 Mbit/s`: in bits, as those of lines are; empty where it is not known. */
export function rate(octetsPerSecond) {
  return octetsPerSecond === null ? "" : scaled(octetsPerSecond * 8, 1000, "bit/s");
}

/** Less than `smallest` is written out. */
function scaled(number, smallest, unit) {
  if (number < smallest) return `${Math.round(number)} ${unit}`;
  let amount = number;
  let prefix = -1;
  while (amount >= 999.95 && prefix < PREFIXES.length - 1) {
    amount /= 1000;
    prefix++;
  }
  return `${amount.toFixed(1)} ${PREFIXES[prefix] ?? ""}${unit}`;
}

function rest(amount, unit) {
  return amount === 0 ? "" : ` ${amount} ${unit}`;
}
