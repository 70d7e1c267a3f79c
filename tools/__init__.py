"""What makes, checks and shows the collection.

Reading a notebook loads jsonschema, and this a grammar of addresses in other letters, which takes over a second to
compile in every process and which no notebook asks for. Where it cannot be loaded, jsonschema goes without.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: an ImportError, as documented
