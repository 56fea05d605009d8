// Writes vendor.lock and the licences of what the bundle holds.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync, readdirSync } from "node:fs";

const assets = process.argv[2];
const lock = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
const hash = createHash("sha256").update(readFileSync(`${assets}/codemirror.js`)).digest("hex");
const lines = ["# package | version | integrity | licence | file | sha256 of the file"];
const licences = ["codemirror.js is made of these packages, each under the MIT licence.\n"];
for (const [path, one] of Object.entries(lock).sort()) {
  if (!path || one.dev || one.optional) continue;
  const name = path.replace(/^node_modules\//, "");
  const file = readdirSync(path).find(entry => /^licen[cs]e/i.test(entry));
  if (one.license !== "MIT" || !file) throw new Error(`${name}: ${one.license}, ${file}`);
  lines.push([name, one.version, one.integrity, one.license, "codemirror.js", hash].join(" | "));
  licences.push(`${name} ${one.version}\n\n${readFileSync(`${path}/${file}`, "utf8").trim()}\n`);
}
writeFileSync("vendor.lock", `${lines.join("\n")}\n`);
writeFileSync(`${assets}/codemirror-licences.txt`, licences.join(`\n${"-".repeat(60)}\n\n`));
