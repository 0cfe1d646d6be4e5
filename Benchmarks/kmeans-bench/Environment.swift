import ArgumentParser
import Clustering
import Foundation
import VectorIO

extension InstructionSet {
  /// The instruction set that `KMEANS_ISA` names, or the best; an error where the processor lacks it.
  static func fromEnvironment() throws -> InstructionSet {
    guard let name = ProcessInfo.processInfo.environment["KMEANS_ISA"], !name.isEmpty else {
      return .best
    }
    guard let wanted = InstructionSet(rawValue: name) else {
      throw ValidationError(
        "KMEANS_ISA=\(name): expected \(allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard wanted <= .best else {
      throw ValidationError("KMEANS_ISA=\(name): this processor has \(best.rawValue) at most")
    }
    return wanted
  }
}
