import Clustering
import Testing

/// What models throw of files can be caught by whoever imports this library alone.
@Test func `file errors are visible`() {
  do {
    _ = try KMeansModel<Float>.load(from: "/nowhere/at/all")
    Issue.record("a model came from nowhere")
  } catch let error as FileError {
    guard case .system("/nowhere/at/all", _, _) = error else {
      Issue.record("\(error)")
      return
    }
  } catch {
    Issue.record("\(error)")
  }
}
