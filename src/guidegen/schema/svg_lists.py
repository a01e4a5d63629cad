"""What an SVG may hold: elements, attributes and properties that only draw."""

from __future__ import annotations

from typing import Final

ELEMENTS: Final = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "switch", "title", "desc", "style"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "textPath", "image"),
        *("linearGradient", "radialGradient", "stop"),
        *("clipPath", "mask", "pattern", "marker"),
        *("filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite"),
        *("feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR"),
        *("feGaussianBlur", "feMerge", "feMergeNode", "feOffset", "feTile"),
    )
)

TEXTS: Final = frozenset({"text", "tspan", "textPath", "title", "desc"})
"""Elements whose text counts."""
SHOWN_TEXT: Final = frozenset({"text", "tspan", "textPath"})

MISSED: Final = frozenset(
    (
        *("foreignObject", "image", "use", "script", "iframe", "video", "audio"),
        *("animate", "animateTransform", "animateMotion", "set", "feImage"),
        *("font", "font-face", "feTurbulence", "feDisplacementMap", "feMorphology"),
        *("feConvolveMatrix", "feDiffuseLighting", "feSpecularLighting"),
    )
)
"""What somebody may miss when it is left out; notes of drawing programs are not."""

ATTRIBUTES: Final = frozenset(
    (
        *("version", "baseProfile", "width", "height", "viewBox", "x", "y", "rx", "ry"),
        *("preserveAspectRatio", "transform", "d", "points", "pathLength", "r"),
        *("x1", "y1", "x2", "y2", "cx", "cy", "fx", "fy", "fr", "offset"),
        *("gradientUnits", "gradientTransform", "spreadMethod"),
        *("clipPathUnits", "maskUnits", "maskContentUnits"),
        *("patternUnits", "patternContentUnits", "patternTransform"),
        *("markerWidth", "markerHeight", "markerUnits", "orient", "refX", "refY"),
        *("dx", "dy", "rotate", "textLength", "lengthAdjust", "startOffset", "method"),
        *("spacing", "side", "filterUnits", "primitiveUnits", "in", "in2", "result"),
        *("stdDeviation", "edgeMode", "mode", "operator", "k1", "k2", "k3", "k4"),
        *("values", "type", "tableValues", "slope", "intercept", "amplitude"),
        *("exponent", "role", "aria-label", "aria-hidden", "aria-labelledby"),
        *("focusable", "lang", "media"),
    )
)

PROPERTIES: Final = frozenset(
    (
        *("fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "opacity"),
        *("stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
        *("stroke-dasharray", "stroke-dashoffset", "color", "display", "visibility"),
        *("overflow", "clip-path", "clip-rule", "mask", "mask-type", "filter"),
        *("stop-color", "stop-opacity", "flood-color", "flood-opacity"),
        *("marker", "marker-start", "marker-mid", "marker-end", "vector-effect"),
        *("paint-order", "shape-rendering", "image-rendering", "text-rendering"),
        *("color-interpolation", "color-interpolation-filters", "color-rendering"),
        *("mix-blend-mode", "isolation", "enable-background", "solid-color"),
        *("solid-opacity", "transform", "transform-origin", "transform-box"),
        *("font", "font-family", "font-size", "font-size-adjust", "font-stretch"),
        *("font-style", "font-variant", "font-weight", "font-feature-settings"),
        *("font-kerning", "line-height", "letter-spacing", "word-spacing"),
        *("text-align", "text-anchor", "text-decoration", "text-indent"),
        *("text-transform", "white-space", "direction", "unicode-bidi"),
        *("writing-mode", "dominant-baseline", "alignment-baseline", "baseline-shift"),
        *("kerning", "glyph-orientation-vertical", "glyph-orientation-horizontal"),
        *("x", "y", "width", "height", "r", "rx", "ry", "cx", "cy", "d"),
    )
)
"""Of styles; most of them can be attributes, too."""

FUNCTIONS: Final = frozenset(
    (
        *("url", "rgb", "rgba", "hsl", "hsla", "matrix", "translate", "translatex"),
        *("translatey", "scale", "scalex", "scaley", "rotate", "skewx", "skewy"),
        *("blur", "brightness", "contrast", "drop-shadow", "grayscale", "hue-rotate"),
        *("invert", "opacity", "saturate", "sepia", "calc", "inset", "circle"),
        *("ellipse", "polygon"),
    )
)
"""What a value may call; `url` only within the file."""
