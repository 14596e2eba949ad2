{
    "name": "Smart Home: base",
    "summary": "Roles, root menu and settings of the Smart Home company's program",
    "version": "19.0.1.0.0",
    "category": "Smart Home",
    "author": "Smart Home",
    "license": "LGPL-3",
    "depends": ["base_setup", "mail"],
    "data": [
        "security/smarthome_base_security.xml",
        "views/res_config_settings_views.xml",
        "views/smarthome_base_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["smarthome_base/static/src/**/*"],
    },
    "application": True,
}
