import ArgumentParser

/// How many clusters there are to be, where a command cannot do without it: under Mahout's name,
/// too.
struct ClusterCountOptions: ParsableArguments {
  @Option(
    name: [
      .customShort("k", allowingJoined: true), .customLong("clusters"), .customLong("numClusters"),
    ],
    parsing: .unconditional,
    help: ArgumentHelp("The number of clusters.", valueName: "K"), transform: wholeNumber)
  var k: Int
}
