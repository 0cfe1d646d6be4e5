import Foundation
import Testing

/// What a fit writes and prints.
@Suite struct FitOutputTests {
  static let fit = ["fit", "a.npy", "-k", "2", "--init", "start.npy"]

  @Test func `labels and centroids come as npy and as text`() throws {
    let place = Workplace.withSample()
    for (labels, centroids) in [("l.npy", "c.csv"), ("l.csv", "c.npy")] {
      let outcome = try place.run(
        Program.kmeans, Self.fit + ["--labels", labels, "--centroids", centroids, "--quiet"])
      #expect(outcome.status == 0)
      #expect(outcome.text == "" && outcome.errors == "")
    }
    #expect(try place.text("l.csv", under: "cluster") == Sample.labels)
    #expect(try place.text("c.csv", under: "column1,column2") == Sample.centroids)
    let header = try place.bytes("l.npy").dropLast(16)
    #expect(String(decoding: header, as: UTF8.self).contains("'descr': '<i4'"))
    #expect(String(decoding: header, as: UTF8.self).contains("'shape': (4,)"))
    #expect(try place.bytes("l.npy").suffix(16) == bytes([0, 0, 1, 1] as [Int32])[...])
    #expect(try place.bytes("c.npy").suffix(32) == bytes([1.25, 2, 10, 11.5])[...])
    #expect(place.names == ["a.csv", "a.npy", "c.csv", "c.npy", "l.csv", "l.npy", "start.npy"])
  }

  @Test func `an existing file is replaced, and the initial centroids may be`() throws {
    let place = Workplace.withSample()
    place.write("old", to: "l.csv")
    let outcome = try place.run(
      Program.kmeans, Self.fit + ["--labels", "l.csv", "--centroids", "start.npy"])
    #expect(outcome.status == 0)
    #expect(try place.text("l.csv", under: "cluster") == Sample.labels)
    #expect(try place.bytes("start.npy").suffix(32) == bytes([1.25, 2, 10, 11.5])[...])
  }

  @Test func `the summary says what was read and found`() throws {
    let place = Workplace.withSample()
    let outcome = try place.run(
      Program.kmeans, Self.fit + ["--threads", "2"], environment: ["KMEANS_ISA": "baseline"])
    #expect(
      outcome.text.replacing(#/in [0-9.e-]+ s/#, with: "in T s") == """
        a.npy: 4 points of 2 columns, double, read in T s
        2 clusters, seed 0: converged after 2 iterations in T s (2 threads, baseline)
        inertia 0.625
        cluster        weight   share
              0             2   50.0 %
              1             2   50.0 %

        """)
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }

  @Test func `with labels on stdout the summary goes to stderr`() throws {
    let place = Workplace.withSample()
    let outcome = try place.run(Program.kmeans, Self.fit + ["--labels", "-"])
    #expect(outcome.text == Sample.labels)
    #expect(outcome.errors.split(separator: "\n").count == 6)
    #expect(outcome.errors.contains("\ninertia 0.625\n"))
  }

  @Test func `quiet means silent`() throws {
    let place = Workplace.withSample()
    place.write("a,b\n1,x\n2,y\n", to: "t.csv")
    let outcome = try place.kmeans("fit", "t.csv", "-k", "1", "--quiet")
    #expect(outcome.status == 0)
    #expect(outcome.text == "" && outcome.errors == "")
  }

  @Test func `a verified fit says so, whichever run wins`() throws {
    let place = Workplace.withSample()
    for (seed, runs) in [(0, 1), (3, 5), (4, 5), (5, 5)] {
      let outcome = try place.kmeans(
        "fit", "a.npy", "-k", "2", "--verify", "--seed", "\(seed)", "--runs", "\(runs)")
      #expect(outcome.status == 0)
      #expect(outcome.errors == "")
      #expect(outcome.text.contains("\nverified: every iteration equals the naive reference\n"))
    }
  }
}
