"""The letters by Typst: one document that places every line of every letter. Prints its figures as JSON."""
import json
import os
import sys
import time

import typst

scene = json.load(open(sys.argv[1], encoding="utf-8"))
folder = os.path.join(os.path.dirname(os.path.abspath(sys.argv[1])), "typst")
os.makedirs(folder, exist_ok=True)
FAMILIES = ["IPAmjMincho", "BIZ UDMincho", "BIZ UDGothic", "BIZ UDGothic"]
SOURCE = """
#let scene = json("letters.json")
#let families = ("IPAmjMincho", "BIZ UDMincho", "BIZ UDGothic", "BIZ UDGothic")
#set page(width: 595.28pt, height: 841.89pt, margin: 0pt)
#set text(top-edge: "baseline", bottom-edge: "baseline", lang: "ja")
#let put(line) = place(dx: line.at(0) * 1pt, dy: line.at(1) * 1pt,
  text(font: families.at(line.at(3)), size: line.at(2) * 1pt,
    weight: if line.at(3) == 3 { "bold" } else { "regular" }, line.at(4)))
#let fixed = scene.shared.map(put).join()
#for (at, letter) in scene.letters.enumerate() {
  if at > 0 { pagebreak() }
  fixed
  letter.lines.map(put).join()
  place(curve(fill: black, stroke: none, ..letter.blocks.map(b => (
    curve.move((b.at(0) * 1pt, b.at(1) * 1pt)),
    curve.line((b.at(2) * 1pt, 0pt), relative: true),
    curve.line((0pt, b.at(3) * 1pt), relative: true),
    curve.line((-b.at(2) * 1pt, 0pt), relative: true),
    curve.close(mode: "straight"),
  )).flatten()))
}
"""
open(os.path.join(folder, "letters.typ"), "w", encoding="utf-8").write(SOURCE)


def letters(many):
    part = {"shared": scene["shared"], "letters": scene["letters"][:many]}
    json.dump(part, open(os.path.join(folder, "letters.json"), "w", encoding="utf-8"))
    paths = sorted({os.path.dirname(path) for _, path in scene["fonts"]})
    compiler = typst.Compiler(os.path.join(folder, "letters.typ"), font_paths=paths)
    begun = time.perf_counter()
    pdf = compiler.compile(format="pdf")
    return pdf, time.perf_counter() - begun


one = len(letters(1)[0])
many = len(scene["letters"])
runs = [letters(many) for _ in range(2)]
best = min(taken for _, taken in runs)
print(json.dumps({"rate": many / best, "each": len(runs[0][0]) / many, "one": one}))
