import Clustering
import Foundation

extension InstructionSet {
  /// The instruction set that `KMEANS_ISA` names, or the best.
  static func fromEnvironment() throws(ClusteringError) -> InstructionSet {
    try named(ProcessInfo.processInfo.environment["KMEANS_ISA"])
  }
}
