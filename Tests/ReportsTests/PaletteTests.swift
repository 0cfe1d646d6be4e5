import Foundation
import KMeansReports
import Testing

/// The colours of a page can be seen, and told apart.
@Suite struct PaletteTests {
  /// The channels of a colour, without their gamma (IEC 61966-2-1).
  private static func channels(_ color: String) -> [Double] {
    let number = UInt32(color.dropFirst(), radix: 16) ?? 0
    return [16, 8, 0].map { shift in
      let value = Double(number >> UInt32(shift) & 255) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
  }

  /// The contrast of WCAG 2.1.
  private static func contrast(_ one: String, _ other: String) -> Double {
    let light = [one, other].map { color in
      zip([0.2126, 0.7152, 0.0722], channels(color)).reduce(0) { $0 + $1.0 * $1.1 }
    }.sorted()
    return (light[1] + 0.05) / (light[0] + 0.05)
  }

  private static func paper(_ name: String, isDark: Bool) -> String {
    let color = Palette.paper.first { $0.name == name }
    return (isDark ? color?.dark : color?.light) ?? ""
  }

  @Test(arguments: [false, true]) func `series stand out from the paper`(_ isDark: Bool) {
    let background = Self.paper("paper", isDark: isDark)
    for color in Palette.series {
      #expect(Self.contrast(isDark ? color.dark : color.light, background) >= 3, "\(color)")
    }
    #expect(Self.contrast(Self.paper("other", isDark: isDark), background) >= 3)
  }

  @Test(arguments: [false, true]) func `texts can be read`(_ isDark: Bool) {
    for background in ["paper", "panel"].map({ Self.paper($0, isDark: isDark) }) {
      for ink in ["ink", "faint"].map({ Self.paper($0, isDark: isDark) }) {
        #expect(Self.contrast(ink, background) >= 4.5)
      }
    }
  }

  /// What people see without red, or without green, receptors: Machado, Oliveira and Fernandes, A
  /// physiologically-based model for simulation of color vision deficiency, 2009.
  private static let visions: [[[Double]]] = [
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [
      [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    [
      [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
      [-0.011820, 0.042940, 0.968881],
    ],
  ]

  /// L*a*b* of a colour as it is seen.
  private static func lab(_ color: String, _ vision: [[Double]]) -> [Double] {
    let seen = vision.map { row in
      min(1, max(0, zip(row, channels(color)).reduce(0) { $0 + $1.0 * $1.1 }))
    }
    let toXYZ = [
      [0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505],
    ]
    let f = zip(toXYZ, [0.9505, 1, 1.089]).map { row, white in
      let t = zip(row, seen).reduce(0) { $0 + $1.0 * $1.1 } / white
      return t > 0.008856 ? pow(t, 1.0 / 3) : 7.787 * t + 16.0 / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  @Test(arguments: [false, true]) func `series differ to the colour-blind, too`(_ isDark: Bool) {
    let colors = Palette.series.map { isDark ? $0.dark : $0.light }
    for vision in Self.visions {
      for (first, one) in colors.enumerated() {
        for other in colors[(first + 1)...] {
          let distance = zip(Self.lab(one, vision), Self.lab(other, vision))
            .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
          // Some five times what can just be told apart.
          #expect(distance > 11, "\(one) \(other)")
        }
      }
    }
  }

  @Test func `the largest clusters have colours, as many squares follow, the rest is grey`() {
    let order = Array((0..<40).reversed())
    let colors = ClusterColors(order: order)
    #expect(colors.color(39) == 0 && !colors.isSquare(39))
    #expect(colors.color(32) == 7 && !colors.isSquare(32))
    #expect(colors.color(31) == 0 && colors.isSquare(31))
    #expect(colors.color(24) == 7 && colors.isSquare(24))
    #expect(colors.color(23) == nil && !colors.isSquare(23))
    #expect(Palette.style(9) == "s1" && Palette.style(nil) == "other")
  }
}
