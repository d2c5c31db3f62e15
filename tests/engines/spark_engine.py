"""The figures by Apache Spark, here on this machine: prints rows as JSON."""

import json
import sys
from pathlib import Path

from pyspark.sql import SparkSession

data = Path(sys.argv[1])
session = SparkSession.builder.master("local[*]").appName("gamma-ok").config("spark.ui.enabled", "false").getOrCreate()
session.sparkContext.setLogLevel("ERROR")
# The CSV beside each part is not Parquet.
units = session.read.option("pathGlobFilter", "*.parquet").parquet(str(data / "units"))
units.createOrReplaceTempView("units")
rows = session.sql((Path(__file__).parent / "figures.sql").read_text(encoding="utf-8")).collect()
json.dump([[str(cell) if index in (7, 8) else cell for index, cell in enumerate(row)] for row in rows], sys.stdout)
# What Java took, which only the system knows while it runs.
of_java = session.sparkContext._jvm.java.lang.ProcessHandle.current().pid()
status = Path(f"/proc/{of_java}/status")
if status.exists():
    peak = next(line.split()[1] for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
    print(f"java took {int(peak) // 1024} MB", file=sys.stderr)
session.stop()
