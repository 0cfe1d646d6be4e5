// A picture of red, green and blue, read from and written to binary PPM (P6), the simplest format
// that programs for pictures know.
import Foundation

struct Picture {
  let width: Int
  let height: Int
  /// Red, green and blue from 0 to 1, pixel after pixel, row after row.
  var pixels: [Float]

  /// What is wrong with a file.
  struct Problem: Error, CustomStringConvertible { let description: String }

  /// A sunset.
  static var sunset: Picture {
    let (width, height) = (240, 160)
    var pixels: [Float] = []
    for y in 0..<height {
      for x in 0..<width {
        let down = Float(y) / Float(height)
        let across = Float(x) / Float(width)
        let isSun = (across - 0.5) * (across - 0.5) + (down - 0.6) * (down - 0.6) < 0.02
        pixels += isSun ? [1, 0.9, 0.5] : [0.9 - 0.6 * down, 0.4 * (1 - down) + 0.1 * across, 0.5]
      }
    }
    return Picture(width: width, height: height, pixels: pixels)
  }

  init(width: Int, height: Int, pixels: [Float]) {
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }

  /// Reads a file: `P6`, width, height and 255 between blanks, one blank, then three bytes a pixel.
  init(path: String) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    var words: [String] = []
    var place = 0
    while words.count < 4, place < bytes.count {
      let word = bytes[place...].prefix { !Self.isBlank($0) }
      words.append(String(decoding: word, as: UTF8.self))
      place += word.count + 1
    }
    guard words.count == 4, words[0] == "P6", words[3] == "255", let width = Int(words[1]),
      let height = Int(words[2]), width > 0, height > 0, width <= 1 << 20, height <= 1 << 20
    else { throw Problem(description: "\(path): expected P6, width, height and 255") }
    guard bytes.count - place == 3 * width * height else {
      throw Problem(
        description:
          "\(path): \(bytes.count - place) bytes of pixels, expected \(3 * width * height)"
      )
    }
    self.init(
      width: width, height: height, pixels: bytes[place...].map { Float($0) / 255 })
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// The bytes of all channels.
  private var bytes: [UInt8] {
    pixels.map { UInt8((min(max($0, 0), 1) * 255).rounded()) }
  }

  func write(to path: String) throws {
    let header = Array("P6\n\(width) \(height)\n255\n".utf8)
    try Data(header + bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  /// The picture in the colours of its pixels' clusters.
  func painted(with colors: [[Float]], _ labels: [Int32]) -> Picture {
    Picture(width: width, height: height, pixels: labels.flatMap { colors[Int($0)] })
  }

  /// The root of the mean squared difference of two pictures' channels, in bytes.
  func error(of other: Picture) -> Double {
    let squares = zip(bytes, other.bytes).map { pair in
      let difference = Double(pair.0) - Double(pair.1)
      return difference * difference
    }
    return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
  }
}
