import ArgumentParser
import Clustering
import Dispatch
import Foundation
import KMeansLinearAlgebra

/// The rate of a bare matrix product of the same shape: what an assignment by BLAS can at best
/// reach.
enum GEMMRate {
  /// GFLOP/s of products of `rows` x `columns` points with `clusters` centroids.
  struct Sample {
    /// OpenBLAS with its own threads, in a fresh process.
    var ownThreads: Double
    /// One-thread calls on blocks of rows, the best block size.
    var rowSplit: Double

    var best: Double { max(ownThreads, rowSplit) }
  }

  static func measure<Scalar: ClusteringScalar>(
    _ type: Scalar.Type, rows: Int, columns: Int, clusters: Int, threads: Int
  ) throws -> Sample {
    // A quarter of a gigabyte of products is enough to be in steady state.
    let rows = min(rows, max(4096, (1 << 28) / (clusters * MemoryLayout<Scalar>.stride)))
    let own = try ownThreads(
      type, rows: rows, columns: columns, clusters: clusters, threads: threads)
    let split = try [1024, 4096].map {
      try rowSplit(
        type, rows: rows, columns: columns, clusters: clusters, threads: threads, block: $0)
    }
    return Sample(ownThreads: own, rowSplit: split.max()!)
  }

  private static func ownThreads<Scalar: ClusteringScalar>(
    _ type: Scalar.Type, rows: Int, columns: Int, clusters: Int, threads: Int
  ) throws -> Double {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = [
      "gemm-child", "\(rows)", "\(columns)", "\(clusters)", "\(MemoryLayout<Scalar>.stride)",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["OPENBLAS_NUM_THREADS": "\(threads)"]) { $1 }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard let rate = Double(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw ValidationError("the GEMM process said \(text)")
    }
    return rate
  }

  private static func rowSplit<Scalar: ClusteringScalar>(
    _ type: Scalar.Type, rows: Int, columns: Int, clusters: Int, threads: Int, block: Int
  ) throws -> Double {
    let blocks = max(1, rows / block)
    let points = try Matrix<Scalar>(rows: blocks * block, columns: columns, repeating: 0.5)
    let centroids = try Matrix<Scalar>(rows: clusters, columns: columns, repeating: 0.25)
    let seconds = points.withRows { points in
      centroids.withRows { centroids in
        BLASThreads.single {
          median(of: 3) {
            DispatchQueue.concurrentPerform(iterations: threads) { worker in
              let tile = UnsafeMutablePointer<Scalar>.allocate(capacity: block * clusters)
              defer { tile.deallocate() }
              for number in stride(from: worker, to: blocks, by: threads) {
                BLAS.gemm(
                  block, clusters, columns, alpha: 1, points[number * block], lda: columns,
                  centroids.base, ldb: columns, transposedB: true, beta: 0, tile, ldc: clusters)
              }
            }
          }
        }
      }
    }
    return gigaflops(rows: blocks * block, columns: columns, clusters: clusters, seconds: seconds)
  }
}

/// 2 n d k operations, in 10^9 a second.
func gigaflops(rows: Int, columns: Int, clusters: Int, seconds: Double) -> Double {
  2 * Double(rows) * Double(columns) * Double(clusters) / seconds / 1e9
}

/// The process that lets OpenBLAS use its own threads, before anybody set them.
struct GEMMChild: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "gemm-child", shouldDisplay: false)

  @Argument var rows: Int
  @Argument var columns: Int
  @Argument var clusters: Int
  @Argument var bytes: Int

  func run() throws {
    print(bytes == 4 ? try rate(Float.self) : try rate(Double.self))
  }

  private func rate<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws -> Double {
    let points = try Matrix<Scalar>(rows: rows, columns: columns, repeating: 0.5)
    let centroids = try Matrix<Scalar>(rows: clusters, columns: columns, repeating: 0.25)
    let products = UnsafeMutablePointer<Scalar>.allocate(capacity: rows * clusters)
    defer { products.deallocate() }
    let seconds = points.withRows { points in
      centroids.withRows { centroids in
        median(of: 3) {
          BLAS.gemm(
            rows, clusters, columns, alpha: 1, points.base, lda: columns, centroids.base,
            ldb: columns, transposedB: true, beta: 0, products, ldc: clusters)
        }
      }
    }
    return gigaflops(rows: rows, columns: columns, clusters: clusters, seconds: seconds)
  }
}
