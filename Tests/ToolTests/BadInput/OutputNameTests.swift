import Foundation
import Testing

/// Outputs that cannot be are refused before anything is read.
@Suite struct OutputNameTests {
  @Test(
    arguments: [
      Wrong(
        "fit a.csv -k 2 --labels out.xyz",
        "--labels 'out.xyz': expected a name that ends in .npy or .csv", 64),
      Wrong(
        "fit a.csv -k 2 --centroids out",
        "--centroids 'out': expected a name that ends in .npz, .npy or .csv", 64),
      Wrong("fit a.csv -k 2 --centroids -", "--centroids -: expected a file", 64),
      Wrong("fit a.csv -k 2 --model -", "--model -: expected a file", 64),
      Wrong(
        "assign a.csv --centroids start.npy --distances -",
        "--distances -: expected a file", 64),
      Wrong(
        "fit a.csv -k 2 --labels o.npy --centroids o.npy",
        "o.npy is named for two outputs, expected a file for each", 64),
      Wrong(
        "fit a.csv -k 2 --centroids o.npy --labels ./o.npy",
        "./o.npy is named for two outputs, expected a file for each", 64),
      Wrong(
        "fit a.csv -k 2 --centroids o.npy --model sub/../o.npy",
        "sub/../o.npy is named for two outputs, expected a file for each", 64),
      Wrong(
        "assign a.csv --centroids start.npy --labels o.npy --distances o.npy",
        "o.npy is named for two outputs, expected a file for each", 64),
      Wrong(
        "fit a.csv -k 2 --labels a.csv",
        "--labels a.csv: expected another file than the input a.csv", 64),
      Wrong(
        "fit a.csv -k 2 --model ./a.csv",
        "--model ./a.csv: expected another file than the input a.csv", 64),
      Wrong(
        "fit a.csv -k 2 --labels link.csv",
        "--labels link.csv: expected another file than the input a.csv", 64),
      Wrong(
        "fit a.csv -k 2 --point-weights w.csv --labels w.csv",
        "--labels w.csv: expected another file than the input w.csv", 64),
      Wrong(
        "assign a.csv --centroids start.npy --distances start.npy",
        "--distances start.npy: expected another file than the input start.npy", 64),
      Wrong(
        "fit a.csv -k 2 --json --labels -",
        "--json and --labels - both want the standard output", 64),
      Wrong(
        "assign a.csv --centroids start.npy --json --labels -",
        "--json and --labels - both want the standard output", 64),
      Wrong("fit a.csv -k 2 --model sub", "sub: cannot write: Is a directory", 74),
      Wrong("fit a.csv -k 2 --labels folder.npy", "folder.npy: cannot write: Is a directory", 74),
    ])
  func `an output that cannot be`(_ wrong: Wrong) throws {
    let place = Workplace.withSample()
    place.write("1\n1\n1\n1\n", to: "w.csv")
    let files = FileManager.default
    for folder in ["sub", "folder.npy"] {
      place.makeFolder(folder)
    }
    try files.createSymbolicLink(
      atPath: "\(place.path)/link.csv", withDestinationPath: "a.csv")
    try wrong.check(in: place)
  }

  @Test func `a folder that does not exist`() throws {
    let place = Workplace.withSample()
    let folder = try #require(realpath(place.path, nil).map { String(cString: $0) })
    try place.expectFailure(
      74, "no/l.npy: cannot write: there is no folder \(folder)/no",
      "fit a.csv -k 2 --labels no/l.npy")
  }

  @Test(.enabled(if: !Program.isRoot, "root may write everything"))
  func `a folder and a file that may not be written`() throws {
    let place = Workplace.withSample()
    let files = FileManager.default
    place.write("old", to: "l.npy")
    try files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: "\(place.path)/l.npy")
    try place.expectFailure(
      74, "l.npy: cannot write: Permission denied", "fit a.csv -k 2 --labels l.npy")
    try files.setAttributes([.posixPermissions: 0o555], ofItemAtPath: place.path)
    defer { try? files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.path) }
    try place.expectFailure(
      74, "c.npy: cannot write: Permission denied", "fit a.csv -k 2 --centroids c.npy")
  }
}
