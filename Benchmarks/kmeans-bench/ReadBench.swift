import ArgumentParser
import Clustering
import Foundation
import KMeansLinearAlgebra
import VectorIO

/// A file read into memory, beside the bare system calls and a copy of as many bytes in memory.
struct ReadBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "A file read into a matrix, beside bare reads and a copy in memory.")

  @Option(help: "Any file that kmeans reads; its pages are in the cache after the first run.")
  var data: String

  @Option(help: "float or double; the type of the file otherwise.")
  var precision: BenchPrecision?

  @Option(help: "How many values a row of raw-f32 has.")
  var dimension: Int?

  @Option(help: "Repetitions; the median counts.")
  var repetitions = 5

  @Flag(help: "One JSON object on stdout.")
  var json = false

  func run() throws {
    let info = try OpenedVectorFile(data, options: options).info
    let isFloat = precision.map { $0 == .float } ?? (info.precision == .float)
    try isFloat ? measure(Float.self, info) : measure(Double.self, info)
  }

  private var options: ReadingOptions { ReadingOptions(dimension: dimension) }

  private func measure<Scalar: ClusteringScalar>(
    _ type: Scalar.Type, _ info: VectorFileInfo
  ) throws {
    let size = try FileManager.default.attributesOfItem(atPath: data)[.size] as? Int ?? 0
    var reading: [Double] = []
    var copying: [Double] = []
    var copyingAgain: [Double] = []
    var rawReading: [Double] = []
    var touching: [Double] = []
    var shape = (rows: 0, columns: 0)
    for repetition in 0...repetitions {
      var matrix: Matrix<Scalar>?
      let read = try seconds {
        var rows = try VectorFile<Scalar>(data, options: options)
        matrix = try Matrix(reading: &rows)
      }
      shape = (matrix!.rows, matrix!.columns)
      let raw = try RawRead.seconds(data, size: size)
      let touch = RawRead.secondsToTouch(
        shape.rows * shape.columns * MemoryLayout<Scalar>.stride)
      let copies = timeOfCopies(matrix!)
      guard repetition > 0 else { continue }
      reading.append(read)
      copying.append(copies.fresh)
      copyingAgain.append(copies.again)
      rawReading.append(raw)
      touching.append(touch)
    }
    var report = BenchReport([
      ("benchmark", "read"), ("data", data), ("format", info.format.rawValue),
      ("gzip", info.isCompressed ? "yes" : "no"),
      ("precision", Scalar.self == Float.self ? "float" : "double"),
    ])
    let bytes = Double(shape.rows * shape.columns * MemoryLayout<Scalar>.stride)
    report.add("rows", shape.rows)
    report.add("columns", shape.columns)
    report.add("fileMegabytes", Double(size) / 1e6)
    report.add("seconds", median(reading))
    report.add("fileMegabytesPerSecond", Double(size) / 1e6 / median(reading))
    report.add("matrixMegabytesPerSecond", bytes / 1e6 / median(reading))
    report.add("copyToNewMemoryMegabytesPerSecond", bytes / 1e6 / median(copying))
    report.add("copyToUsedMemoryMegabytesPerSecond", bytes / 1e6 / median(copyingAgain))
    report.add("shareOfCopyToNewMemory", median(copying) / median(reading))
    report.add("rawReadMegabytesPerSecond", Double(size) / 1e6 / median(rawReading))
    report.add("shareOfRawRead", median(rawReading) / median(reading))
    // Bytes become floats of four times the size: what bounds them is the memory that the system
    // has to provide, not the file.
    report.add("freshMemoryMegabytesPerSecond", bytes / 1e6 / median(touching))
    report.add("shareOfFreshMemory", median(touching) / median(reading))
    try report.print(json: json)
  }

  /// The time of `memcpy` into memory that the system has yet to provide, as a reader's is, and
  /// into the same memory once more.
  private func timeOfCopies<Scalar: ClusteringScalar>(
    _ matrix: Matrix<Scalar>
  ) -> (fresh: Double, again: Double) {
    let bytes = matrix.rows * matrix.columns * MemoryLayout<Scalar>.stride
    return matrix.withRows { rows in
      var target: UnsafeMutableRawPointer!
      let fresh = seconds {
        target = .allocate(byteCount: bytes, alignment: 64)
        memcpy(target, rows.base, bytes)
      }
      let again = seconds { memcpy(target, rows.base, bytes) }
      target.deallocate()
      return (fresh, again)
    }
  }
}
