import ArgumentParser
import Clustering
import Foundation
import KMeansLinearAlgebra
import VectorIO

/// The points and centroids that a benchmark runs on.
struct BenchData<Scalar: ClusteringScalar> {
  let points: Matrix<Scalar>
  let start: Matrix<Scalar>
  let startName: String

  init(_ options: BenchOptions) throws {
    points = try Self.points(options)
    if let file = options.start {
      var rows = try VectorFile<Scalar>(file)
      start = try Matrix(reading: &rows)
      startName = file
      guard start.rows == options.k, start.columns == points.columns else {
        throw ValidationError(
          "\(file): \(start.rows) x \(start.columns), expected \(options.k) x \(points.columns)")
      }
    } else {
      start = try Self.distinctRows(of: points, count: options.k, seed: options.seed)
      startName = "distinct rows, seed \(options.seed)"
    }
  }

  /// Points of a normal distribution, and some of them to start from.
  init(rows: Int, columns: Int, clusters: Int, seed: UInt64 = 0) throws {
    points = try Self.normal(rows: rows, columns: columns, seed: seed)
    start = try Self.distinctRows(of: points, count: clusters, seed: seed)
    startName = "distinct rows, seed \(seed)"
  }

  private static func points(_ options: BenchOptions) throws -> Matrix<Scalar> {
    if let path = options.data {
      var rows = try VectorFile<Scalar>(path)
      return try Matrix(reading: &rows)
    }
    let (rows, columns) = options.syntheticShape!
    return try normal(rows: rows, columns: columns, seed: options.seed)
  }

  private static func normal(rows: Int, columns: Int, seed: UInt64) throws -> Matrix<Scalar> {
    let draws = Draws(seed: seed, purpose: .synthetic)
    return try Matrix(rows: rows, columns: columns) { output in
      for number in 0..<rows * columns {
        // Box and Muller, one of the pair: every value has draws of its own.
        let radius = (-2 * log(draws.positiveUniform(2 * number))).squareRoot()
        output.append(Scalar(radius * cos(2 * .pi * draws.uniform(2 * number + 1))))
      }
    }
  }

  /// Rows drawn at random, none equal to another: equal centroids would all but the first be empty.
  private static func distinctRows(
    of points: Matrix<Scalar>, count: Int, seed: UInt64
  ) throws -> Matrix<Scalar> {
    var chosen = try Matrix<Scalar>(reserving: count, columns: points.columns)
    var seen = Set<[Scalar]>()
    let draws = Draws(seed: seed, purpose: .randomRows, run: 1)
    var number = 0
    while chosen.rows < count {
      guard number < 100 * points.rows else {
        throw ValidationError("fewer than \(count) distinct rows")
      }
      let row = Int(draws.uniform(number) * Double(points.rows))
      number += 1
      if seen.insert((0..<points.columns).map { points[row, $0] }).inserted {
        chosen.append(points[row])
      }
    }
    return chosen
  }
}
