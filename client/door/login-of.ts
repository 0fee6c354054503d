/** A login that can be proposed for somebody's name. */

/** Letters that no accent can be taken from. */
const plain: Readonly<Record<string, string>> = {
  ø: "o",
  æ: "ae",
  œ: "oe",
  ß: "ss",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** The first word of the name in the letters that a login may have; "" where it has none of them. */
export const loginOf = (name: string): string => {
  const [first = ""] = name.normalize("NFD").toLowerCase().trim().split(/\s+/);
  return first
    .replace(/\p{L}/gu, (letter) => plain[letter] ?? letter)
    .replace(/[^a-z0-9]/g, "")
    .slice(0, 32);
};
