{
    "name": "Smart Home: printing",
    "summary": "PDF reports printed by a headless Chromium, with Cyrillic fonts",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tools",
    "author": "Smart Home",
    "license": "LGPL-3",
    "depends": ["smarthome_base", "web"],
    "assets": {
        "web.report_assets_common": [
            ("prepend", "smarthome_print/static/src/scss/report_variables.scss"),
            "smarthome_print/static/src/scss/fonts.scss",
        ],
    },
    "post_init_hook": "post_init_hook",
}
