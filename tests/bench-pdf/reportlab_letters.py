"""The letters by ReportLab: what all share is drawn once, as a form. Prints its figures as JSON."""
import io
import json
import sys
import time

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

scene = json.load(open(sys.argv[1], encoding="utf-8"))
for at, (_, path) in enumerate(scene["fonts"]):
    pdfmetrics.registerFont(TTFont(f"F{at}", path))
HEIGHT = 841.89


def letters(many):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595.28, HEIGHT), pageCompression=1)
    def put(lines):
        for x, y, size, font, text in lines:
            canvas.setFont(f"F{font}", size)
            canvas.drawString(x, HEIGHT - y, text)

    canvas.beginForm("shared")
    put(scene["shared"])
    canvas.endForm()
    for letter in scene["letters"][:many]:
        canvas.doForm("shared")
        put(letter["lines"])
        path = canvas.beginPath()
        for x, y, width, height in letter["blocks"]:
            path.rect(x, HEIGHT - y - height, width, height)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


one = len(letters(1))
many = len(scene["letters"])
best = None
for _ in range(3):
    begun = time.perf_counter()
    pdf = letters(many)
    taken = time.perf_counter() - begun
    best = taken if best is None else min(best, taken)
print(json.dumps({"rate": many / best, "each": len(pdf) / many, "one": one}))
