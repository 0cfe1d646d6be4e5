"""Puts libkmeans.so into the wheel, and says which systems it is for.

KMEANS_LIBRARY names the library, which Scripts/build-wheel has made. The package has no module of its own in C, so
that one wheel serves every Python 3.
"""

import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What the symbols of the library need, not what the machine has that builds it; Scripts/build-wheel asks auditwheel.
TAG = "py3-none-manylinux_2_34_x86_64"


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version, build_data):
        library = os.environ.get("KMEANS_LIBRARY")
        if version == "editable":
            return  # SWIFTKMEANS_LIBRARY names the library then
        if not library or not os.path.isfile(library):
            raise SystemExit(f"KMEANS_LIBRARY is {library!r}, expected a libkmeans.so: run Scripts/build-wheel")
        build_data["pure_python"] = False
        build_data["tag"] = TAG
        build_data["force_include"][os.path.abspath(library)] = "swiftkmeans/libkmeans.so"
        build_data["force_include"][os.path.join(self.root, "..", "LICENSE")] = "swiftkmeans/LICENSE"
