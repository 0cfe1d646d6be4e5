import ArgumentParser
import Clustering
import Foundation
import VectorIO

/// Whether rows are kept with or without their zeros.
struct SparseOptions: ParsableArguments {
  /// How rows are kept, where that is said.
  enum Storage: String, EnumerableFlag {
    case sparse, dense

    static func help(for value: Storage) -> ArgumentHelp? {
      switch value {
      case .sparse: "Keep rows without their zeros, whatever the format and the density."
      case .dense:
        """
        Keep rows with their zeros; otherwise those of a sparse format (libsvm, Spark's, npz of scipy, \
        mtx, docword) are kept without them where at most one value in ten is stored.
        """
      }
    }
  }

  @Flag(exclusivity: .exclusive) var storage: Storage?

  /// Why rows of a fit cannot be kept without their zeros, if they cannot.
  func problem(_ info: VectorFileInfo, _ parameters: KMeans) -> String? {
    do throws(ClusteringError) { try parameters.checkKeepsZeros() } catch { return "\(error)" }
    return problem(info)
  }

  /// The same of rows that go to centroids, which may have a transform of their own.
  func problem(_ info: VectorFileInfo, _ transforms: [RowTransform?] = []) -> String? {
    if info.takesMeans { return "--on-invalid mean makes values of what is missing" }
    let keepZeros = transforms.allSatisfy { $0?.keepsZeros ?? true }
    return keepZeros ? nil : "the transform of a model leaves no zeros"
  }

  /// Whether the rows of a file are kept without their zeros.
  ///
  /// - Parameter problem: why they cannot be, if they cannot.
  func areSparse(_ info: VectorFileInfo, unless problem: String?) throws -> Bool {
    switch storage {
    case .dense: return false
    case nil: return info.suitsSparse && problem == nil
    case .sparse:
      if let problem { throw Failure.usage("--sparse: \(problem)") }
      return true
    }
  }
}
