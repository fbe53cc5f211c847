// What the department's own lines claim when they are opened, held against the lines: the signed
// counts of days (seals), and the months in which an office says that there was nothing.

import { fromBase64, opens } from "./note.js";

const AROUND_MIDNIGHT = 3; // so many numbers can fall to the day before
const WAITING = 49; // so many contacts can wait until their days have fifty
const DUE_DAYS = 20; // so long after its end a month has to have its line
const DAY = 24 * 60 * 60 * 1000;

export class Claims {
  #contacts = {}; // day -> lines
  #months = new Set(); // with an engagement
  #closed = new Map(); // place -> line that has to be opened

  // Takes note of a line, in their order.
  add(place, line) {
    if (line.t === "contact") {
      this.#contacts[line.d] = (this.#contacts[line.d] ?? 0) + 1;
    } else if (line.t === "engagement") {
      this.#months.add(line.d.slice(0, 7));
    } else if (line.t === "seal" || line.t === "nil_return") {
      this.#closed.set(place, line);
    }
  }

  // Opens the lines with the published openings. Returns {counts, wrong, denied, owed}: how many
  // counts of days there are, the first day whose count does not fit (or null), a month of which
  // nothing was said to have happened although it did (or null), and the months without a word.
  async check(openings) {
    const seals = [];
    const nothing = new Set();
    for (const text of openings.split("\n").filter(Boolean)) {
      const { i, r, record } = JSON.parse(text);
      const line = this.#closed.get(i);
      if (line && (await opens(line.k, fromBase64(r), record))) {
        this.#closed.delete(i);
        line.t === "seal" ? seals.push(record) : nothing.add(record.month);
      }
    }
    const unopened = [...this.#closed.values()].map((line) => line.d);
    const days = seals.filter((seal) => !seal.late);
    return {
      counts: days.length,
      wrong: unopened[0] ?? this.#wrong(days),
      denied: [...nothing].find((month) => this.#months.has(month)) ?? null,
      owed: due(days).filter((month) => !nothing.has(month) && !this.#months.has(month)),
    };
  }

  // The first day whose count differs from its lines, or by which contact numbers are missing.
  #wrong(seals) {
    const left = new Set(Object.keys(this.#contacts));
    const given = {}; // year -> [contacts, highest number]
    const numbers = seals.flatMap((seal) => seal.numbers);
    const late = new Set(numbers.filter((one) => one.historical).map((one) => one.year));
    const gap = (year, waiting = 0) => {
      const missing = given[year][1] - given[year][0];
      return missing < 0 || missing > AROUND_MIDNIGHT + waiting;
    };
    for (const seal of seals) {
      left.delete(seal.to);
      let counted = 0;
      for (const { year, count, last } of seal.numbers) {
        const [contacts, highest] = given[year] ?? [0, 0];
        given[year] = [contacts + count, Math.max(highest, last)];
        counted += count;
        // Calls taken over from an export are numbered in its order: they add up at the end alone.
        if (!late.has(year) && gap(year)) {
          return seal.to;
        }
      }
      if (seal.contacts !== (this.#contacts[seal.to] ?? 0) || seal.contacts !== counted) {
        return seal.to;
      }
    }
    const last = seals.at(-1)?.to.slice(0, 4);
    const open = [...late].map(String).find((year) => gap(year, year === last ? WAITING : 0));
    return [...left][0] ?? open ?? null;
  }
}

// The months whose line is due, from the first day counted to the last.
function due(seals) {
  const months = [];
  const last = Date.parse(seals.at(-1)?.to);
  const month = new Date(seals[0]?.from);
  month.setUTCDate(1);
  for (;;) {
    const name = Number.isNaN(month.getTime()) ? "" : month.toISOString().slice(0, 7);
    month.setUTCMonth(month.getUTCMonth() + 1);
    if (!(month.getTime() + DUE_DAYS * DAY <= last)) {
      return months;
    }
    months.push(name);
  }
}
