"""The map as a picture for a report: pixels or a vector drawing, always on light ground."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSaveFile, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter

from annotator.ui.map.drawing import Scene, draw_map

_FINENESS = 2
"""Pixels of the picture to one of the screen."""


def as_png(scene: Scene) -> bytes:
    """The map as PNG, at twice the resolution of the screen."""
    camera = scene.camera
    image = QImage(
        round(camera.width * _FINENESS), round(camera.height * _FINENESS), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(_FINENESS)
    image.fill(scene.inks.water)
    painter = QPainter(image)
    draw_map(painter, scene)
    painter.end()
    buffer = _opened()
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def as_svg(scene: Scene) -> bytes:
    """The map as SVG; one unit is one pixel of the screen."""
    from PySide6.QtSvg import QSvgGenerator

    size = QSize(round(scene.camera.width), round(scene.camera.height))
    buffer, generator = _opened(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setResolution(96)
    generator.setTitle("Map")
    painter = QPainter(generator)
    draw_map(painter, scene)
    painter.end()
    return bytes(buffer.data().data())


def _opened() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def write_picture(scene: Scene, target: Path) -> None:
    """Writes SVG where the name says so, else PNG; all of it or nothing. Raises OSError when it cannot be written."""
    content = as_svg(scene) if target.suffix.lower() == ".svg" else as_png(scene)
    file = QSaveFile(str(target))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly) or file.write(content) != len(content) or not file.commit():
        raise OSError(file.errorString())
