"""The application for another WSGI server: `gunicorn web.wsgi`, with settings from `HANDRAIL_*`."""

import os

from web.app import create_app
from web.config import load
from web.context import Services
from web.use_cases.house import open_house

house = open_house(load(os.environ))
house.import_guides()
application = create_app(house.config, Services.of(house))
house.close()  # connections are opened again where they are used: the server may fork after this
