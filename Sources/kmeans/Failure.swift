import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
import KMeansLinearAlgebra

/// An error as its user sees it: one line on stderr and an exit status.
struct Failure: Error {
  let line: String
  let status: Int32
  /// Help, versions and completion scripts, which ArgumentParser prints by itself.
  private let request: (any Error)?

  /// Something wrong with the values on the command line, together or with the data.
  static func usage(_ line: String) -> Failure { Failure(line: line, status: EX_USAGE) }
  /// Something wrong with the data.
  static func data(_ line: String) -> Failure { Failure(line: line, status: EX_DATAERR) }

  init(line: String, status: Int32, request: (any Error)? = nil) {
    self.line = line
    self.status = status
    self.request = request
  }

  init(_ error: any Error, of tool: any ParsableCommand.Type) {
    switch error {
    case let failure as Failure:
      self = failure
    case let error as FileError:
      self.init(line: error.description, status: Self.status(of: error))
    case let error as ClusteringError:
      self.init(line: error.description, status: Self.status(of: error))
    case let error as ShapeError:
      self.init(line: error.description, status: EX_DATAERR)
    default:
      if tool.exitCode(for: error) == .success {
        self.init(line: "", status: 0, request: error)
      } else {
        // One line, whatever ArgumentParser has to say.
        let lines = tool.message(for: error).split(separator: "\n")
        self.init(
          line: lines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " "),
          status: EX_USAGE)
      }
    }
  }

  func exit() -> Never {
    if let request { Tool.exit(withError: request) }
    FileHandle.standardError.write(Data("kmeans: \(line)\n".utf8))
    Foundation.exit(status)
  }

  private static func status(of error: FileError) -> Int32 {
    switch error {
    case .system: EX_IOERR
    case .malformed: EX_DATAERR
    case .unusable: EX_USAGE
    }
  }

  /// What the user typed is usage; what the points make wrong is data.
  private static func status(of error: ClusteringError) -> Int32 {
    switch error {
    case .clusterCountNotPositive, .clusterCountTooLarge, .invalidTolerance,
      .maxIterationsNotPositive, .runsNotPositive, .threadsNotPositive, .instructionSetMissing,
      .instructionSetUnknown:
      EX_USAGE
    default:
      EX_DATAERR
    }
  }
}
